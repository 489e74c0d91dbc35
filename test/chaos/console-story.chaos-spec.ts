import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openConsole } from '../console/support/console.js';
import { Api } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { kill } from '../support/control.js';

const IOS = 'NitroPush iOS';
/** What a service that is being started again makes the page meet. */
const AWAY = [/\b50[234]\b/, /ERR_INCOMPLETE_CHUNKED_ENCODING/];

const row = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(name) });
const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name }).click();

async function connectSlack(page: Page, channel: Channel): Promise<void> {
  await page.getByRole('button', { name: /^Slack/ }).click();
  await page.getByLabel('One project').check();
  await page.getByPlaceholder('Choose a project').click();
  await page.getByRole('option', { name: IOS }).click();
  await page.getByRole('button', { name: 'Continue to Slack' }).click();
  await allow(page, channel);
}

async function allow(page: Page, channel: Channel): Promise<void> {
  await page.getByLabel('Another channel').fill(channel.name);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByText(/is (re)?connected/).waitFor();
}

async function connectWebhook(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: /^Custom webhook/ }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Build server');
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Close without copying' }).click();
  await row(page, 'Build server').waitFor();
}

async function test(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Test ${name}` }).click();
  await page.getByText(`${name}: the test was delivered`).waitFor();
}

/** From the page of the project; answers the dialog, which tells who has heard of it. */
async function release(page: Page, version: string): Promise<Locator> {
  await page.getByRole('button', { name: 'New release' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Version').fill(version);
  await dialog.getByText('Stage', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByRole('heading', { name: `${version} is in Stage` }).waitFor();
  return dialog;
}

const done = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'Done' }).click();

it('the whole story of a release manager, by clicks', async () => {
  const api = await Api.signIn();
  await api.project(IOS);
  const channel = Channel.fresh('slack');
  const receiver = await startReceiver();
  const page = await openConsole(api, { allow: AWAY });

  // connected and tested
  await connectSlack(page, channel);
  await connectWebhook(page, receiver.url);
  await test(page, 'Build server');
  await test(page, channel.name);

  // released, promoted, rolled out; told to both
  await go(page, 'Releases');
  await page.getByRole('link', { name: IOS, exact: true }).click();
  let dialog = await release(page, '1.0.5');
  await dialog.getByText('Delivered to 2 of 2').waitFor();
  await done(dialog);
  await page.getByRole('button', { name: 'Promote 1.0.5 from Stage' }).click();
  await dialog.getByRole('button', { name: 'Promote' }).click();
  await dialog.getByText('Delivered to 2 of 2').waitFor();
  await done(dialog);
  await page.getByRole('button', { name: 'Change the rollout of 1.0.5 in Production' }).click();
  await dialog.getByLabel('Rollout in percent').fill('50');
  await dialog.getByRole('button', { name: 'Change the rollout' }).click();
  await dialog.getByText('Delivered to 2 of 2').waitFor();
  await done(dialog);
  await go(page, 'Deliveries');
  const told = row(page, channel.name).filter({ hasText: 'Rollout changed · Production' });
  await told.getByText('Delivered').waitFor();
  expect((await channel.titles()).slice(1)).toEqual([
    'NitroPush iOS 1.0.5 released to stage',
    'NitroPush iOS 1.0.5 promoted stage → prod',
    'NitroPush iOS 1.0.5 rollout 100 % → 50 % in prod',
  ]);

  // broken: retries, then a dead letter, and why
  await channel.behave({ mode: 'revoked' });
  await go(page, 'Releases');
  await page.getByRole('link', { name: IOS, exact: true }).click();
  dialog = await release(page, '1.0.6');
  await dialog.getByText('1 failed').waitFor();
  await dialog.getByRole('link', { name: `Open the delivery to ${channel.name}` }).click();
  await page.getByText(/^Retry 2, after/).waitFor();
  await page.getByText('Reconnecting delivers every failed message.').waitFor();
  await page.getByRole('button', { name: `Reconnect ${channel.name}` }).waitFor();
  await go(page, 'Integrations');

  // reconnected: drained
  await page.getByRole('button', { name: /^1 failed for/ }).waitFor();
  await page.getByRole('button', { name: `More for ${channel.name}` }).click();
  await page.getByRole('menuitem', { name: 'Reconnect' }).click();
  await allow(page, channel);
  await page.getByRole('button', { name: /^1 failed for/ }).waitFor({ state: 'detached' });
  await row(page, `${channel.name}.*Healthy`).waitFor();
  expect((await channel.titles()).at(-1)).toBe('NitroPush iOS 1.0.6 released to stage');

  // paused: held, then delivered
  const before = receiver.received.length;
  await page.getByRole('switch', { name: 'Build server enabled' }).press('Space');
  await go(page, 'Releases');
  await page.getByRole('link', { name: IOS, exact: true }).click();
  dialog = await release(page, '1.0.7');
  await dialog.getByText('Delivered to 1 of 2').waitFor();
  await dialog.getByText('1 held').waitFor();
  await done(dialog);
  await go(page, 'Integrations');
  await page.getByRole('button', { name: /^1 held/ }).click();
  await page.getByRole('button', { name: 'Enable Build server' }).click();
  await page.getByRole('button', { name: 'Deliver 1 held message' }).click();
  await eventually(() => expect(receiver.received).toHaveLength(before + 1));

  // a service ends while the page is open
  await go(page, 'Releases');
  await page.getByRole('link', { name: IOS, exact: true }).click();
  await page.getByRole('article', { name: '1.0.7' }).waitFor();
  await kill('releases');
  await go(page, 'Releases');
  await page.reload();
  await page.getByRole('link', { name: IOS, exact: true }).click();
  dialog = await release(page, '1.0.8');
  await dialog.getByText('Delivered to 2 of 2').waitFor();
  await receiver.close();
});

it('who may only look is offered nothing else, and told why', async () => {
  const owner = await Api.signIn();
  const project = await owner.project(IOS);
  await owner.release(project.id, '1.0.5', { environment: 'stage' });
  const page = await openConsole(await Api.signIn('viewer', owner.organizationId), { path: `/projects/${project.id}` });
  const promote = page.getByRole('button', { name: 'Promote 1.0.5 from Stage' });
  await promote.waitFor();
  expect(await promote.isDisabled()).toBe(true);
  await page.getByRole('group').filter({ has: promote }).hover();
  await page.getByText(/^Your role, viewer, may not/).waitFor();
});
