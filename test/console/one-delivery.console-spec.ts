import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { expectAccessible, openConsole } from './support/console.js';
import { paused } from './support/held.js';
import { pastUndo } from './support/undo.js';

describe('one delivery', () => {
  it('that is retrying is tried now, long before the next try is due', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(503, { 'retry-after': '80' }).end();
    });
    await api.webhook(receiver.url, { name: 'Ours' });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(1));
    const [delivery] = await api.deliveries();
    const page = await openConsole(api, { path: `/deliveries/${delivery!.id}` });
    await page.getByText(/The next try is in/).waitFor();
    await expectAccessible(page);
    receiver.answerWith(() => 200);
    await page.getByRole('button', { name: 'Retry now' }).click();
    await page.getByText('1 message is tried now').waitFor();
    await page.getByRole('button', { name: 'Resend' }).waitFor();
    expect(await api.deliveries()).toMatchObject([{ status: 'delivered', round: 1, attemptCount: 2 }]);
    await receiver.close();
  });

  it('is discarded unless that is undone, and Activity leads to it', async () => {
    const { api, receiver } = await paused(2);
    const [delivery] = await api.deliveries({ status: 'held' });
    const page = await openConsole(api, { path: `/deliveries/${delivery!.id}` });
    const discard = page.getByRole('button', { name: 'Discard', exact: true });
    await discard.click();
    await page.getByText(/^NitroPush iOS 1\.0\.\d will be discarded/).waitFor();
    await discard.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await pastUndo(page, () => discard.click());
    await page.getByText('1 message is discarded').waitFor();
    await page.getByText('Discarded by a person, or because its destination was deleted.').waitFor();
    expect((await api.delivery(delivery!.id)).status).toBe('dropped');
    expect(await api.deliveries({ status: 'held' })).toHaveLength(1);

    await eventually(async () =>
      expect(await api.must('GET', '/activity?action=deliveries.discarded')).toMatchObject({ items: [{}] }),
    );
    await page.goto('/activity?action=deliveries.discarded');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'See the delivery' }).click();
    await page.getByRole('heading', { level: 1, name: /^NitroPush iOS 1\.0\.\d/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/deliveries/${delivery!.id}`);
    await receiver.close();
  });

  it('is looked at, not changed, by who may only look; a test is neither retried nor discarded', async () => {
    const { api, hook, receiver } = await paused(1);
    const [delivery] = await api.deliveries({ status: 'held' });
    const viewer = await openConsole(await Api.signIn('viewer', api.organizationId), {
      path: `/deliveries/${delivery!.id}`,
    });
    expect(await viewer.getByRole('button', { name: 'Discard', exact: true }).isDisabled()).toBe(true);
    receiver.answerWith(() => 500);
    const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${hook.id}/test`, {});
    await eventually(async () => expect((await api.delivery(deliveryId)).status).toBe('dead'));
    const page = await openConsole(api, { path: `/deliveries/${deliveryId}` });
    await page.getByRole('button', { name: 'Enable Paused' }).waitFor();
    expect(await page.getByRole('button', { name: 'Discard', exact: true }).count()).toBe(0);
    await receiver.close();
  });
});

it('the exact time of a delivery and the meaning of its status show on hover, and the whole row stays its link', async () => {
  const { api, receiver } = await paused(1);
  const page = await openConsole(api, { path: '/deliveries' });
  const row = page.getByRole('row', { name: /1\.0\.0/ });
  await row.locator('time').hover();
  await page.getByRole('tooltip', { name: /20\d\d at \d\d:\d\d:\d\d/ }).waitFor();
  await row.getByText('Held', { exact: true }).hover();
  await page.getByRole('tooltip', { name: 'The destination was disabled' }).waitFor();
  await row.locator('time').click();
  await page.getByRole('heading', { level: 1, name: /^NitroPush iOS 1\.0\.0/ }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/deliveries\/./);
  await receiver.close();
});
