import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
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
    await dialog.getByText('1 destination notified, 1 held').waitFor();
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
    await dialog.getByText('Already at 100 %. Change the value to notify anyone.').waitFor();
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
    await page.getByText('No destination is subscribed').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'NitroPush iOS' }).click();
    await page.getByRole('article', { name: '2.0.0-beta.1' }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

it('before a release it is said who is not notified, why, and where to change that', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const receiver = await startReceiver(() => 410);
  const gone = await api.webhook(receiver.url, { name: 'Gone' });
  await api.webhook(receiver.url, { name: 'Paused', enabled: false });
  await disconnect(gone.id, api.organizationId);
  const page = await openConsole(api, { ...PHONE, path: `/projects/${project.id}` });
  await page.getByRole('button', { name: 'New release' }).click();
  const preview = page.getByRole('dialog').getByRole('region', { name: 'Who gets notified' });
  await preview.getByText('Nobody is notified now, 1 disconnected, 1 held').waitFor();
  const [first, second] = await preview.getByRole('listitem').allInnerTexts();
  expect(first).toMatch(/Gone\s+Disconnected\s+It refuses every message\. Reconnect it first/);
  expect(second).toMatch(/Paused\s+Paused\s+Its message is held until somebody enables it/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await preview.getByRole('link', { name: 'See Gone' }).click();
  await page.getByRole('heading', { level: 1, name: /Gone|Integrations/ }).waitFor();
  await receiver.close();
});

/** As after several messages that it refused for good; those would take minutes. */
async function disconnect(integrationId: string, organizationId: string): Promise<void> {
  const client = new pg.Client({ connectionString: stack().databaseUrls['delivery'] });
  await client.connect();
  await client.query(
    `INSERT INTO destinations (integration_id, organization_id, health) VALUES ($1, $2, 'needs_reconnect')
     ON CONFLICT (integration_id) DO UPDATE SET health = excluded.health`,
    [integrationId, organizationId],
  );
  await client.end();
}

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
