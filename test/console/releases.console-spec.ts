import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

describe('a release', () => {
  it('is created, promoted and rolled out by clicks, and shows who is notified before and after', async () => {
    const api = await Api.signIn();
    await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    await api.webhook(receiver.url, { name: 'Build server' });
    await api.webhook(receiver.url, { name: 'Paused', enabled: false });
    const page = await openConsole(api, { path: '/projects' });
    await page.getByRole('link', { name: 'NitroPush iOS' }).click();
    await page.getByText('Nothing is in Test.').waitFor();

    await page.getByRole('button', { name: 'New release' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 destination, 1 held').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('Version').fill('1.0.5');
    await dialog.getByText('Stage', { exact: true }).click();
    await dialog.getByLabel('What is new').fill('Faster start');
    await dialog.getByLabel('Rollout in percent').fill('50');
    await dialog.getByRole('button', { name: 'Release', exact: true }).click();
    await dialog.getByRole('heading', { name: '1.0.5 is in Stage' }).waitFor();
    await dialog.getByText('Delivered to 1 of 2').waitFor();
    await dialog.getByText('1 held').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('button', { name: 'Promote 1.0.5 from Stage' }).click();
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await dialog.getByRole('heading', { name: '1.0.5 is promoted to Production' }).waitFor();
    await dialog.getByText('Delivered to 1 of 2').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('button', { name: 'Change the rollout of 1.0.5 in Production' }).click();
    await dialog.getByText('It is at 100 % now: the same again is told to nobody.').waitFor();
    await dialog.getByLabel('Rollout in percent').fill('25');
    await dialog.getByRole('button', { name: 'Change the rollout' }).click();
    await dialog.getByText('Delivered to 1 of 2').waitFor();
    await dialog.getByRole('link', { name: 'See the release' }).click();

    await page.getByRole('heading', { name: '1.0.5 in Production' }).waitFor();
    await page.getByRole('heading', { name: 'Rollout changed' }).waitFor();
    await page.getByRole('heading', { name: 'Promoted from Stage' }).waitFor();
    await page.getByText('25 % rolled out').waitFor();
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'release.created',
      'release.promoted',
      'release.rollout_changed',
    ]);
    await receiver.close();
  });

  it('is opened by the link of its message, also on a phone', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const release = await api.release(project.id, '2.0.0-beta.1', { mandatory: true, description: 'One\n\nTwo' });
    const path = `/projects/${project.id}/releases/${release.id}`;
    const page = await openConsole(api, { ...PHONE, path, scheme: 'dark' });
    await page.getByRole('heading', { name: /^2\.0\.0-beta\.1 in / }).waitFor();
    await page.getByText('Nobody hears of it').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'NitroPush iOS' }).click();
    await page.getByRole('article', { name: '2.0.0-beta.1' }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

it('what is wrong is said beside the field, and nothing is lost of what was typed', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  await api.release(project.id, '1.0.5', { environment: 'test' });
  const page = await openConsole(api, { path: `/projects/${project.id}`, allow: [/\b40[09]\b/, /\b422\b/] });
  await page.getByRole('button', { name: 'New release' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Version').fill('the newest');
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByText(/^must be a version/).waitFor();
  await dialog.getByLabel('Version').fill('1.0.5');
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByText(/already/).waitFor();
  await expectAccessible(page);
});

it('projects are created and renamed', async () => {
  const api = await Api.signIn();
  const page = await openConsole(api, { path: '/projects' });
  await page.getByText('There is no project yet').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('NitroPush Android');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Rename NitroPush Android' }).click();
  await dialog.getByLabel('Name').fill('NitroPush for Android');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('link', { name: 'NitroPush for Android' }).waitFor();
});
