import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

describe('a delivery that fails', () => {
  it('shows up by itself, tells why and what comes next, and is delivered again', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver(() => 500);
    const hook = await api.webhook(receiver.url);
    const page = await openConsole(api, { path: '/deliveries' });
    await page.getByText('Nothing was sent so far').waitFor();
    await api.release(project.id, '1.0.5', { description: 'Faster start' });
    await page.getByRole('link', { name: 'Open the delivery of NitroPush iOS 1.0.5' }).click();
    await page.getByText('Failed so far, and is tried again by itself.').waitFor();
    await page.getByText('The receiver failed (500)').first().waitFor();
    await page.getByText('Next try', { exact: true }).waitFor();
    await expectAccessible(page);
    receiver.answerWith(() => 200);
    await page.getByText(/^Retry 1, after [4-6] s$/).waitFor();
    await page.getByRole('button', { name: 'Deliver again' }).click();
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
