import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { eventually } from '../support/eventually.js';

const stepsOf = (page: Page): Locator => page.getByRole('region', { name: 'Get started' });
const step = (page: Page, words: string): Locator => stepsOf(page).getByRole('listitem').filter({ hasText: words });

it('an empty organization gets four steps that tick themselves, each where it can be done', async () => {
  const api = await Api.signIn();
  const receiver = await startReceiver();
  const page = await openConsole(api);
  const steps = stepsOf(page);
  await steps.getByText('0 of 4 done').waitFor();
  expect(await steps.getByRole('listitem').count()).toBe(4);
  await step(page, 'Send a test').getByText('Connect a destination first.').waitFor();
  await step(page, 'Create a release').getByText('Create a project first.').waitFor();
  await expectAccessible(page);

  await steps.getByRole('button', { name: 'Create a project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('NitroPush iOS');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await step(page, 'Done: Create a project').waitFor();

  await steps.getByRole('button', { name: 'Choose a destination' }).click();
  expect(await page.evaluate<boolean>('document.activeElement.closest("#providers") !== null')).toBe(true);
  const hook = await api.webhook(receiver.url, { name: 'Ours' });
  await page.reload();
  await step(page, 'Done: Connect a destination').waitFor();
  await steps.getByText('2 of 4 done').waitFor();

  await steps.getByRole('button', { name: 'Send a test to Ours' }).click();
  await step(page, 'Done: Send a test').waitFor();
  expect((await api.integration(hook.id)).health).toBe('healthy');

  await steps.getByRole('button', { name: 'Create a release' }).click();
  await dialog.getByLabel('Version').fill('1.0.0');
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByText('Delivered to 1 of 1').waitFor();
  await steps.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Done' }).click();

  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url()));
  await page.reload();
  await page.getByRole('row', { name: /Ours/ }).waitFor();
  expect(chunks.filter((url) => url.includes('/releases/current'))).toEqual([]);
  await receiver.close();
});

it('a test that does not arrive ticks nothing, and of several projects somebody chooses one', async () => {
  const api = await Api.signIn();
  await api.project('A');
  await api.project('B');
  const receiver = await startReceiver(() => 500);
  await api.webhook(receiver.url, { name: 'Ours' });
  const page = await openConsole(api, { ...PHONE, scheme: 'dark' });
  await stepsOf(page).getByText('2 of 4 done').waitFor();
  await stepsOf(page).getByRole('button', { name: 'Send a test to Ours' }).click();
  await page.getByText('Ours: the test was not delivered').waitFor();
  await step(page, 'To do: Send a test').waitFor();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await stepsOf(page).getByRole('link', { name: 'Choose a project' }).click();
  await page.getByRole('heading', { name: 'Releases', level: 1 }).waitFor();
  await receiver.close();
});

it('the steps stay away once they are hidden, and are not shown to those who may do none of them', async () => {
  const api = await Api.signIn();
  const page = await openConsole(api);
  await page.getByRole('button', { name: 'Hide these steps' }).click();
  await stepsOf(page).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('No destination is connected').waitFor();
  expect(await stepsOf(page).count()).toBe(0);

  const viewer = await openConsole(await Api.signIn('viewer', api.organizationId));
  await viewer.getByText('No destination is connected').waitFor();
  expect(await stepsOf(viewer).count()).toBe(0);
});

it('an organization that has all of it is asked for nothing, also where the last message failed', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  let status = 200;
  const receiver = await startReceiver(() => status);
  const hook = await api.webhook(receiver.url, { name: 'Ours' });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect((await api.integration(hook.id)).health).toBe('healthy'));
  status = 500;
  await api.release(project.id, '1.0.1');
  await eventually(async () => expect((await api.integration(hook.id)).health).toBe('failing'));
  const page = await openConsole(api);
  await page.getByRole('row', { name: /Ours/ }).waitFor();
  const isOver = `Object.keys(localStorage).some((key) => key.startsWith('nitropush-first-steps'))`;
  await eventually(async () => expect(await page.evaluate<boolean>(isOver)).toBe(true));
  expect(await stepsOf(page).count()).toBe(0);
  await receiver.close();
});
