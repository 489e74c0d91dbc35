import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole, type Look } from '../console/support/console.js';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { expectInTime } from '../support/expect-in-time.js';
import { startReceiver } from '../support/receiver.js';
import {
  allReady,
  signalServer,
  signalService,
  startServer,
  startService,
  stopServer,
  stopService,
} from '../support/control.js';

const AWAY = [/\b50[234]\b/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_EMPTY_RESPONSE/];
const STALLED = /^Messages have not gone out since \d\d:\d\d$/;
const UNAVAILABLE = /^Delivery status is unavailable since \d\d:\d\d$/;
const open = (api: Api, look: Look = {}): Promise<Page> => openConsole(api, { ...look, allow: AWAY });
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

/** One destination that took a message, and one that refused a release for good and has it as a dead letter. */
async function story() {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const [good, bad] = [await startReceiver(), await startReceiver(() => 500)];
  const [ours, broken] = [
    await api.webhook(good.url, { name: 'Ours' }),
    await api.webhook(bad.url, { name: 'Broken' }),
  ];
  await api.release(project.id, '1.0.0');
  await eventually(async () => {
    expect((await api.integration(ours.id)).health).toBe('healthy');
    expect((await api.integration(broken.id)).counts).toMatchObject({ dead: 1 });
  });
  return { api, project, close: () => Promise.all([good.close(), bad.close()]) };
}

afterEach(async () => {
  await signalService('delivery', 'SIGCONT');
  await startService('delivery');
});

describe.each([
  ['is stopped', () => stopService('delivery')],
  ['hangs', () => signalService('delivery', 'SIGSTOP')],
])('while the delivery service %s', (_, takeAway) => {
  it('the list shows what was last known with its time, says since when, and is current once it is back', async () => {
    const { api, close } = await story();
    const page = await open(api);
    await row(page, 'Broken').getByText('1 failed').waitFor();
    await takeAway();
    await page.getByText(UNAVAILABLE).waitFor();
    await row(page, 'Ours')
      .getByText(/^as of \d\d:\d\d$/)
      .waitFor();
    await row(page, 'Ours').getByText('Healthy').waitFor();
    await row(page, 'Broken').getByText('1 failed').waitFor();
    expect(await page.getByText('Never').count()).toBe(0);
    await expectAccessible(page);

    await page.reload();
    await page.getByText(UNAVAILABLE).waitFor();
    await page.getByRole('combobox', { name: 'Show' }).selectOption('Needs attention');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await row(page, 'Broken').getByText('1 failed').waitFor();

    await signalService('delivery', 'SIGCONT');
    await startService('delivery');
    await page.getByText(UNAVAILABLE).waitFor({ state: 'detached' });
    await page.getByText(/^as of/).waitFor({ state: 'detached' });
    await close();
  });

  it('pages that only it can fill say so within seconds, and fill themselves once it is back', async () => {
    const { api, close } = await story();
    await takeAway();
    const page = await open(api, { path: '/deliveries', ...PHONE, scheme: 'dark' });
    await expectInTime(10_000, async () => {
      const began = performance.now();
      await page.reload();
      await page.getByText('Not available right now').waitFor();
      return performance.now() - began;
    });
    await page.getByText(UNAVAILABLE).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByText('Not available right now').waitFor();
    await signalService('delivery', 'SIGCONT');
    await startService('delivery');
    await page.getByText('Destinations that need attention').waitFor();
    await close();
  });

  it('a release made meanwhile, and the navigation, say that nothing is known of its messages', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    await api.webhook(receiver.url, { name: 'Ours' });
    await takeAway();
    const page = await open(api, { path: `/projects/${project.id}` });
    await page.getByRole('button', { name: 'New release' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Version').fill('3.0.0');
    await dialog.getByRole('button', { name: 'Release', exact: true }).click();
    await dialog.getByText('The delivery service does not answer. Messages are kept').waitFor();
    expect(await page.getByText(/^Delivered to/).count()).toBe(0);
    await page.getByRole('link', { name: 'It is not known which destinations need you' }).waitFor();
    await dialog.getByRole('link', { name: 'See the release' }).click();
    await page.getByText('Not available right now').waitFor();
    await expectAccessible(page);
    await signalService('delivery', 'SIGCONT');
    await startService('delivery');
    await page.getByText('Delivered to 1 of 1').waitFor();
    await receiver.close();
  });
});

describe.each([
  ['is stopped', () => stopServer('kafka'), () => startServer('kafka')],
  ['hangs', () => signalServer('kafka', 'SIGSTOP'), () => signalServer('kafka', 'SIGCONT')],
])('while Kafka %s', (_, takeAway, bringBack) => {
  afterEach(async () => {
    await bringBack(); // also where the test ended before it did
    await allReady();
  });

  it('every page says since when messages wait, and no longer once they have gone out', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    await api.webhook(receiver.url, { name: 'Ours' });
    const stalledSince = async (): Promise<string | null> =>
      (await api.must<{ stalledSince: string | null }>('GET', '/deliveries/attention')).stalledSince;
    expect(await stalledSince()).toBeNull();

    await takeAway();
    await api.release(project.id, '4.0.0');
    await eventually(async () => expect(await stalledSince()).not.toBeNull());
    const page = await open(api, { path: '/deliveries', ...PHONE });
    await page.getByText(STALLED).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await bringBack();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await eventually(async () => expect(await stalledSince()).toBeNull());
    await page.reload();
    await page.getByText('4.0.0').first().waitFor();
    expect(await page.getByText(STALLED).count()).toBe(0);
    await receiver.close();
  });
});
