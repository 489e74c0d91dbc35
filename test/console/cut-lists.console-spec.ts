import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { giveUp } from './support/held.js';

it('lists that are cut begin with what failed, and show the rest when asked', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const receiver = await startReceiver();
  for (let n = 1; n <= 11; n += 1) await api.webhook(`${receiver.url}/${n}`, { name: `Destination ${n}` });
  const bad = await api.webhook(`${receiver.url}/bad`, { name: 'Broken', enabled: false });
  await eventually(async () => expect((await api.integration(bad.id)).enabled).toBe(false));
  const release = await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(11));
  await eventually(async () => expect(await api.deliveries({ status: 'held' })).toHaveLength(1));
  await giveUp(bad.id, 'failing');

  const page = await openConsole(api, { ...PHONE, path: `/projects/${project.id}/releases/${release.id}` });
  const told = page.getByRole('article').filter({ hasText: 'Created' });
  await told.getByRole('listitem').first().getByText('Broken').waitFor();
  expect(await told.getByRole('listitem').count()).toBe(8);
  await told.getByRole('button', { name: 'Show 4 more' }).click();
  expect(await told.getByRole('listitem').count()).toBe(12);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: /^Change the rollout/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Rollout in percent').fill('50');
  const preview = dialog.getByRole('region', { name: 'Who gets notified' });
  await preview.getByRole('listitem').first().getByText('Broken').waitFor();
  expect(await preview.getByRole('listitem').count()).toBe(6);
  await preview.getByRole('button', { name: 'Show 6 more' }).click();
  expect(await preview.getByRole('listitem').count()).toBe(12);
  await expectAccessible(page);
  await receiver.close();
});

it('Operations lists the worst destinations first, and the rest when asked', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  for (let n = 1; n <= 13; n += 1)
    await api.webhook(`http://127.0.0.1:9/${n}`, { name: `Destination ${n}`, enabled: false });
  const worst = await api.webhook('http://127.0.0.1:9/worst', { name: 'Worst', enabled: false });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries({ status: 'held' })).toHaveLength(14));
  await giveUp(worst.id, 'needs_reconnect');
  const page = await openConsole(api, { path: '/operations' });
  const table = page.getByRole('table', { name: 'Destinations that need attention' });
  await table.getByRole('row').nth(1).getByText('Worst').waitFor();
  expect(await table.getByRole('row').count()).toBe(11);
  await page.getByRole('button', { name: 'Show 4 more' }).click();
  expect(await table.getByRole('row').count()).toBe(15);
  await expectAccessible(page);
});
