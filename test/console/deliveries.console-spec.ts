import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { giveUp, paused } from './support/held.js';
import { pastUndo } from './support/undo.js';

describe('a delivery that fails', () => {
  it('shows up by itself, tells why and what comes next, and is resent; the toast says how that ended', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver(() => 500);
    const hook = await api.webhook(receiver.url);
    const page = await openConsole(api, { path: '/deliveries' });
    await page.getByText('Nothing was sent so far').waitFor();
    await api.release(project.id, '1.0.5', { description: 'Faster start' });
    await page.getByRole('link', { name: 'Open the delivery of NitroPush iOS 1.0.5' }).click();
    await page.getByText('Not delivered yet. Retrying automatically.').waitFor();
    await page.getByText('The destination failed (500)').first().waitFor();
    await page.getByText('Next try', { exact: true }).waitFor();
    await page.getByText('webhook-signature: v1,••••').waitFor();
    await expectAccessible(page);
    receiver.answerWith(() => 200);
    await page.getByText(/^Retry 1, after \d s$/).waitFor();
    await page.getByRole('button', { name: 'Resend' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
    await page.getByText('Delivered to A webhook').waitFor();
    await page.getByText('Round 2, First try').waitFor();
    const [delivery] = await api.deliveries({ integrationId: hook.id });
    await eventually(async () =>
      expect(await api.delivery(delivery!.id)).toMatchObject({ status: 'delivered', round: 2 }),
    );
    await receiver.close();
  });
});

it('a filter is kept in the address, and cleared where nothing matches', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver();
  await api.webhook(receiver.url);
  await api.release(project.id, '2.0');
  await eventually(async () => expect((await api.deliveries())[0]).toMatchObject({ status: 'delivered' }));
  const page = await openConsole(api, { ...PHONE, path: '/deliveries?status=dead' });
  await page.getByText('Nothing matches the filter').waitFor();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('link', { name: /2\.0$/ }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await receiver.close();
});

describe('what waits for somebody', () => {
  it('is counted on the front page; its destination is enabled and has it delivered from there', async () => {
    const { api, receiver } = await paused(3);
    const page = await openConsole(api);
    await page.getByRole('button', { name: '3 held for Paused' }).click();
    const dialog = page.getByRole('dialog', { name: '3 held messages for Paused' });
    await dialog.getByText('The destination is disabled. Enable it first').waitFor();
    const deliver = dialog.getByRole('button', { name: 'Deliver 3 held messages' });
    expect(await deliver.isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Enable Paused' }).click();
    await dialog.getByText('They came while the destination was disabled.').waitFor();
    await deliver.click();
    await page.getByText('3 messages are on the way').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => expect(receiver.received).toHaveLength(3));
    await page.getByRole('button', { name: /held for Paused/ }).waitFor({ state: 'detached' });
    await receiver.close();
  });

  it('is discarded once that is confirmed, on a phone in the dark', async () => {
    const { api, receiver } = await paused(2, 'A destination with a name that is rather long');
    const page = await openConsole(api, { ...PHONE, scheme: 'dark' });
    await page.getByRole('button', { name: /^2 held for/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Discard' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.getByText('from where they can still be delivered').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await pastUndo(page, () => dialog.getByRole('button', { name: 'Discard' }).click());
    await page.getByText('2 messages are discarded').waitFor();
    await eventually(async () =>
      expect((await api.deliveries()).map(({ status }) => status)).toEqual(['dropped', 'dropped']),
    );
    expect(receiver.received).toEqual([]);
    await receiver.close();
  });

  it('has failed where the credentials are refused: reconnecting comes first wherever it is seen, and resending is refused', async () => {
    const { api, receiver, hook } = await paused(1, 'Gone');
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    await giveUp(hook.id);
    const page = await openConsole(api);
    await page.getByRole('button', { name: '1 failed for Gone' }).click();
    await page.getByRole('dialog').getByText('Reconnecting delivers every failed message').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Update Gone' }).waitFor();
    await page.getByRole('link', { name: 'See them one by one' }).click();
    await page.getByRole('alert').getByText('Reconnecting delivers every failed message').waitFor();
    expect(await page.getByRole('button', { name: 'Deliver 1 failed message' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.getByRole('link', { name: /1\.0\.0$/ }).click();
    await page.getByText('Reconnecting delivers every failed message').first().waitFor();
    await page.getByRole('button', { name: 'Update Gone' }).waitFor();
    expect(await page.getByRole('button', { name: 'Resend' }).count()).toBe(0);
    await expectAccessible(page);
    const [delivery] = await api.deliveries({ integrationId: hook.id });
    const { status, body } = await api.call('POST', `/deliveries/${delivery!.id}/redeliver`);
    expect([status, body['detail']]).toEqual([409, expect.stringMatching(/^Gone is disconnected/)]);
    expect(await api.delivery(delivery!.id)).toMatchObject({ status: 'dead', round: 1 });
    await receiver.close();
  });

  it('is counted before it is delivered or discarded among the deliveries', async () => {
    const { api, project, receiver, hook } = await paused(3);
    const page = await openConsole(api, { path: `/deliveries?status=held&integrationId=${hook.id}` });
    await page.getByText('3 held messages for Paused').waitFor();
    await page.getByText('The destination is disabled. Enable it first').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Enable Paused' }).click();
    await page.getByRole('button', { name: 'Deliver 3 held messages' }).click();
    await page.getByText('3 messages are on the way').waitFor();
    await page.getByText('Nothing matches the filter').waitFor();
    await eventually(() => expect(receiver.received).toHaveLength(3));

    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: false });
    for (const version of ['1.0.3', '1.0.4']) {
      await api.release(project.id, version);
      await eventually(async () => expect((await api.integration(hook.id)).counts).toMatchObject({ held: 1 }));
      await api.must('POST', `/integrations/${hook.id}/test`, {}); // what is held is no attempt, and the page hears of attempts
      await page.getByText('1 held message for Paused').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.getByRole('button', { name: 'Discard' }).click();
      await expectAccessible(page);
      await pastUndo(page, () => page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click());
      await page.getByText('Nothing matches the filter').waitFor();
    }
    expect(await api.deliveries({ status: 'dropped' })).toHaveLength(2);
    await receiver.close();
  });

  it('is neither delivered nor discarded by who may only look', async () => {
    const owner = await Api.signIn();
    const project = await owner.project();
    const hook = await owner.webhook('http://127.0.0.1:9/', { enabled: false });
    await owner.release(project.id, '1.0.0');
    await eventually(async () => expect((await owner.integration(hook.id)).counts).toMatchObject({ held: 1 }));
    const viewer = await Api.signIn('viewer', owner.organizationId);
    const page = await openConsole(viewer, { path: `/deliveries?status=held&integrationId=${hook.id}` });
    const deliver = page.getByRole('button', { name: 'Deliver 1 held message' });
    await deliver.waitFor();
    expect(await deliver.isDisabled()).toBe(true);
  });
});

it('what was delivered is delivered once more when that is confirmed, on a phone in the dark', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver();
  const hook = await api.webhook(receiver.url, { name: 'Ours' });
  for (const version of ['1.0.0', '1.0.1']) await api.release(project.id, version);
  await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(2));
  const path = `/deliveries?status=delivered&integrationId=${hook.id}`;
  const page = await openConsole(api, { ...PHONE, scheme: 'dark', path });
  await page.getByRole('alert', { name: '2 delivered messages for Ours' }).waitFor();
  expect(await page.getByRole('button', { name: 'Discard' }).count()).toBe(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Resend 2 delivered messages' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
  await page.getByText('2 messages are on the way').waitFor();
  await eventually(() => expect(receiver.received).toHaveLength(4));
  await receiver.close();
});

describe('recent deliveries of one destination', () => {
  it('open beside the list, are live, and close by going back', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    await api.webhook(receiver.url, { name: 'Ours' });
    await api.release(project.id, '1.0.0');
    const page = await openConsole(api);
    await page.getByRole('link', { name: 'Recent deliveries to Ours' }).click();
    const drawer = page.getByRole('dialog', { name: 'Recent deliveries to Ours' });
    await drawer.getByRole('link', { name: /1\.0\.0$/ }).waitFor();
    await expectAccessible(page);
    await api.release(project.id, '1.0.1');
    await drawer.getByRole('link', { name: /1\.0\.1$/ }).waitFor();
    await page.goBack();
    await drawer.waitFor({ state: 'detached' });
    await receiver.close();
  });

  it('open from the menu of a row on a phone in the dark, and are gone for good once closed', async () => {
    const { api, receiver, hook } = await paused(1, 'Ours');
    const page = await openConsole(api, { ...PHONE, scheme: 'dark' });
    await page.getByRole('button', { name: 'More for Ours' }).click();
    await page.getByRole('menuitem', { name: 'Recent deliveries' }).click();
    const drawer = page.getByRole('dialog', { name: 'Recent deliveries to Ours' });
    await drawer.getByRole('link', { name: /1\.0\.0$/ }).waitFor();
    expect(new URL(page.url()).search).toBe(`?deliveries=${hook.id}`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.goBack();
    expect(new URL(page.url()).search).toBe('');
    await page.goto(`/integrations?deliveries=${hook.id}`);
    await drawer.getByRole('link', { name: 'See all' }).click();
    await page.getByRole('link', { name: /1\.0\.0$/ }).waitFor();
    expect(new URL(page.url()).search).toBe(`?integrationId=${hook.id}`);
    await receiver.close();
  });
});

it('filters narrow the list together', async () => {
  const api = await Api.signIn();
  const [ios, android] = [await api.project('NitroPush iOS'), await api.project('NitroPush Android')];
  const receiver = await startReceiver();
  await api.webhook(receiver.url);
  await api.release(ios.id, '1.0.0');
  await api.release(android.id, '2.0.0');
  await eventually(async () => expect(await api.deliveries()).toHaveLength(2));
  const page = await openConsole(api, { path: '/deliveries?span=1h' });
  await page.getByRole('link', { name: /2\.0\.0$/ }).waitFor();
  await page.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'NitroPush iOS' }).click();
  await page.getByRole('link', { name: /2\.0\.0$/ }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: /1\.0\.0$/ }).waitFor();
  await page.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: 'Promoted' }).click();
  await page.getByText('Nothing matches the filter').waitFor();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    projectId: ios.id,
    eventType: 'release.promoted',
    span: '1h',
  });
  await expectAccessible(page);
  await receiver.close();
});
