import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

const figure = (name: string) => `dt:text-is("${name}") + dd`;

describe('operations', () => {
  it('draws no line through the minutes in which nothing was sent', async () => {
    const api = await Api.signIn();
    const page = await openConsole(undefined, { path: '/' });
    await page.route('**/api/v1/deliveries/summary**', async (route) => {
      const response = await route.fetch();
      const summary = (await response.json()) as { buckets: { delivered: number; p95Ms: number }[] };
      for (const place of [5, 6, 20, 21]) Object.assign(summary.buckets[place]!, { delivered: 1, p95Ms: place });
      await route.fulfill({ response, json: summary });
    });
    await page.goto(`/operations#token=${api.token}`);
    const line = page.locator('.recharts-line-curve');
    await line.waitFor();
    const drawn = await line.getAttribute('d');
    expect(drawn?.match(/[ML]/g)).toEqual(['M', 'L', 'M', 'L']);
  });

  it('shows what happens while it happens, and leads to what needs somebody', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    await api.webhook(receiver.url, { name: 'Ours' });
    const paused = await api.webhook(receiver.url, { name: 'Paused' });
    const page = await openConsole(api, { path: '/operations' });
    await page.getByText('Every destination is fine').waitFor();
    await page.getByText('Nothing was sent in this time.').first().waitFor();
    await api.release(project.id, '1.0.0');
    await page.locator(figure('Delivered')).getByText('2', { exact: true }).waitFor();
    await page.locator('figure', { hasText: /by outcome\. 2 delivered, 0 failed/ }).waitFor();
    await page.locator('.recharts-bar-rectangle path').first().waitFor();

    await api.must('PATCH', `/integrations/${paused.id}`, { enabled: false });
    await api.release(project.id, '1.0.1');
    await page.locator('figure', { hasText: /by destination\. Paused: 0 dead letters, 1 held/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '1 held for Paused' }).click();
    await page.getByText('1 held message for Paused').waitFor();
    await receiver.close();
  });

  it('shows as much time as is wanted, in the dark and on a phone too', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    await api.webhook('http://127.0.0.1:9/', { name: 'Closed door' });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect((await api.deliveries())[0]).toMatchObject({ status: 'retrying' }));
    const page = await openConsole(api, { ...PHONE, path: '/operations', scheme: 'dark' });
    await page.getByText('Attempts per minute, by outcome').waitFor();
    await page.getByText('7 days').click();
    await page.getByText('Attempts per 6 hours, by outcome').waitFor();
    expect(new URL(page.url()).search).toBe('?span=7d');
    const row = page.getByRole('row', { name: /Closed door/ });
    await row.waitFor();
    const cells = (await row.getByRole('cell').allInnerTexts()).slice(-4);
    expect(cells).toEqual(['0', '1', '0', '0']); // waiting, retrying, dead letters, held: as the figures above call them
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
