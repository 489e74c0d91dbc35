import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { giveUp, paused } from './support/held.js';
import { pastUndo } from './support/undo.js';

describe('what to do about a destination, on its page', () => {
  it('is to retry now while it is retrying, long before the next try is due', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(503, { 'retry-after': '80' }).end();
    });
    const hook = await api.webhook(receiver.url, { name: 'Ours' });
    await api.release(project.id, '1.0.0');
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText(/The next try is in/).waitFor();
    receiver.answerWith(() => 200);
    await health.getByRole('button', { name: 'Retry now' }).click();
    await page.getByText('1 message is tried now').waitFor();
    await page.getByRole('row', { name: /1\.0\.0.*Delivered/ }).waitFor();
    await health.getByText('Messages arrive.').waitFor();
    expect(await api.deliveries()).toMatchObject([{ status: 'delivered', round: 1, attemptCount: 2 }]);
    const [first, second] = receiver.received;
    expect(second!.at - first!.at).toBeLessThan(80_000);
    await receiver.close();
  });

  it('is to deliver what failed, and says how many have been sent', async () => {
    const { api, receiver, hook } = await paused(3, 'Ours');
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    await giveUp(hook.id, 'failing');
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByRole('button', { name: 'Deliver 3 failed' }).click();
    await health.getByText('3 of 3 sent').waitFor();
    await expectAccessible(page);
    expect(receiver.received).toHaveLength(3);
    await health.getByText('Messages arrive.').waitFor();
    await health.getByRole('link', { name: 'See them' }).click();
    await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe(`?integrationId=${hook.id}`);
    await receiver.close();
  });

  it('is to give it another URL where it is disconnected; nothing else is offered', async () => {
    const { api, receiver, hook } = await paused(1, 'Gone');
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    await giveUp(hook.id);
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText('Disconnected', { exact: true }).waitFor();
    await health.getByText(/nothing is sent until you reconnect it/).waitFor();
    await expectAccessible(page);
    expect(await health.getByRole('button').allInnerTexts()).toEqual(['Update URL']);
    await health.getByRole('button', { name: 'Update URL' }).click();
    await page.getByRole('dialog', { name: 'Edit Gone' }).waitFor();
    await receiver.close();
  });

  it('is to give it another URL while its messages are refused, besides retrying them', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver(() => 404);
    const hook = await api.webhook(receiver.url, { name: 'Gone' });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await api.deliveries()).toMatchObject([{ status: 'retrying' }]));
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByRole('button', { name: 'Update URL' }).waitFor();
    await health.getByRole('button', { name: 'Retry now' }).waitFor();
    await page.getByRole('link', { name: /NitroPush iOS 1\.0\.0/ }).click();
    await page.getByRole('button', { name: 'Retry now' }).waitFor();
    await page.getByRole('button', { name: 'Update Gone' }).click();
    await page.getByRole('dialog', { name: 'Edit Gone' }).waitFor();
    await receiver.close();
  });

  it('is decided for messages one by one: some are delivered, one is discarded', async () => {
    const { api, receiver, hook } = await paused(3, 'Ours');
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    const page = await openConsole(api, { ...PHONE, path: `/integrations/${hook.id}` });
    await page.getByRole('checkbox', { name: 'Select NitroPush iOS 1.0.0' }).check();
    await page.getByRole('checkbox', { name: 'Select NitroPush iOS 1.0.2' }).check();
    await page.getByText('2 selected').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Deliver 2' }).click();
    await page.getByText('2 messages are on the way').waitFor();
    await eventually(() => expect(receiver.received).toHaveLength(2));
    await page.getByRole('checkbox', { name: 'Select NitroPush iOS 1.0.1' }).check();
    await page.getByRole('button', { name: 'Discard 1' }).click();
    const discard = page.getByRole('dialog', { name: 'Discard 1 message?' }).getByRole('button', { name: 'Discard' });
    await pastUndo(page, () => discard.click());
    await page.getByText('1 message is discarded').waitFor();
    await page.getByRole('row', { name: /1\.0\.1.*Discarded/ }).waitFor();
    expect((await api.deliveries()).map(({ status }) => status).toSorted()).toEqual([
      'delivered',
      'delivered',
      'dropped',
    ]);
    await receiver.close();
  });

  it('is nothing for who may only look', async () => {
    const { api, receiver, hook } = await paused(1, 'Ours');
    const viewer = await Api.signIn('viewer', api.organizationId);
    const page = await openConsole(viewer, { path: `/integrations/${hook.id}` });
    const enable = page.getByRole('region', { name: 'Health' }).getByRole('button', { name: 'Enable' });
    await enable.waitFor();
    expect(await enable.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Edit' }).isDisabled()).toBe(true);
    await page.getByRole('row', { name: /1\.0\.0/ }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Activity' }).count()).toBe(0);
    await expectAccessible(page);
    await receiver.close();
  });
});

describe('enabling a destination that holds messages', () => {
  it('asks what becomes of them, and delivers them', async () => {
    const { api, receiver, hook } = await paused(3);
    const page = await openConsole(api);
    await page.getByRole('switch', { name: 'Paused enabled' }).click({ force: true });
    const dialog = page.getByRole('dialog', { name: 'Paused is enabled' });
    await dialog.getByText('3 messages were held while it was disabled').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Deliver' }).click();
    await page.getByText('3 messages are on the way').waitFor();
    await eventually(() => expect(receiver.received).toHaveLength(3));
    expect(await api.integration(hook.id)).toMatchObject({ enabled: true });
    await receiver.close();
  });

  it('keeps them held for later, also by Escape, and discards them when told to; on a phone in the dark', async () => {
    const { api, receiver, hook } = await paused(2);
    const page = await openConsole(api, { ...PHONE, scheme: 'dark', path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    const dialog = page.getByRole('dialog', { name: 'Paused is enabled' });
    for (const later of ['Later', 'Escape']) {
      await health.getByRole('button', { name: 'Enable' }).click();
      await dialog.getByText('2 messages were held').waitFor();
      await expectNoSidewaysScroll(page);
      if (later === 'Escape') await page.keyboard.press('Escape');
      else await dialog.getByRole('button', { name: 'Later' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await api.integration(hook.id)).toMatchObject({ enabled: true, counts: { held: 2 } });
      await api.must('PATCH', `/integrations/${hook.id}`, { enabled: false });
      await page.reload();
    }
    await health.getByRole('button', { name: 'Enable' }).click();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    const confirm = page.getByRole('dialog', { name: 'Discard 2 held messages?' });
    await confirm.getByText('can still be delivered').waitFor();
    await expectAccessible(page);
    await pastUndo(page, () => confirm.getByRole('button', { name: 'Discard' }).click());
    await page.getByText('2 messages are discarded').waitFor();
    expect(receiver.received).toEqual([]);
    expect((await api.deliveries()).map(({ status }) => status)).toEqual(['dropped', 'dropped']);
    await receiver.close();
  });
});
