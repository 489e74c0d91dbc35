import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

/** Two destinations, three releases in two environments, one test. */
async function sent() {
  const api = await Api.signIn();
  const project = await api.project('Checkout');
  const receiver = await startReceiver();
  const ours = await api.webhook(receiver.url, { name: 'Ours', environments: ['prod'] });
  const qa = await api.webhook(receiver.url, { name: 'QA team', environments: ['stage'] });
  await api.release(project.id, '1.8.0');
  await api.release(project.id, '1.8.1');
  await api.release(project.id, '2.0.0', { environment: 'stage' });
  await api.must('POST', `/integrations/${ours.id}/test`, {});
  await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(4));
  return { api, project, receiver, ours, qa };
}

const search = (page: Page) => page.getByRole('search').getByRole('textbox');
const row = (page: Page, version: string) =>
  page.getByRole('link', { name: `Open the delivery of Checkout ${version}` });
const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const gone = { state: 'detached' } as const;

describe('deliveries are found', () => {
  it('by what a version begins with, by destination and by environment; Back leads to the filter before', async () => {
    const { api, receiver, qa } = await sent();
    const page = await openConsole(api, { path: '/deliveries' });
    await row(page, '2.0.0').waitFor();
    await search(page).fill('1.8');
    await page.getByRole('option', { name: 'Version 1.8…' }).waitFor();
    await expectAccessible(page);
    await search(page).press('Enter');
    await row(page, '2.0.0').waitFor(gone);
    await row(page, '1.8.0').waitFor();
    await row(page, '1.8.1').waitFor();
    await eventually(() => expect(queryOf(page)).toEqual({ version: '1.8' }));
    await page.getByRole('button', { name: 'Any version, not only 1.8…' }).click();
    await row(page, '2.0.0').waitFor();
    await page.goBack();
    await row(page, '2.0.0').waitFor(gone);
    await page.goBack();
    await row(page, '2.0.0').waitFor();

    await search(page).fill('qa');
    await page.getByRole('option', { name: 'Destination QA team' }).click();
    await row(page, '1.8.0').waitFor(gone);
    await eventually(() => expect(queryOf(page)).toEqual({ integrationId: qa.id }));
    expect(await search(page).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('combobox', { name: 'Environment' }).click();
    await page.getByRole('option', { name: 'Production' }).click();
    await row(page, '2.0.0').waitFor(gone);
    await row(page, '1.8.1').waitFor();
    await expectAccessible(page);
    await receiver.close();
  });

  it('without tests, until somebody shows them', async () => {
    const { api, receiver, ours } = await sent();
    const page = await openConsole(api, { path: `/deliveries?integrationId=${ours.id}` });
    await row(page, '1.8.0').waitFor();
    expect(await page.getByRole('row').count()).toBe(3); // the head and two releases
    await page.getByRole('switch', { name: 'Show tests' }).click();
    await page.getByRole('row').nth(3).waitFor();
    await eventually(() => expect(queryOf(page)).toMatchObject({ tests: 'show' }));
    await page.goBack();
    await page.getByRole('row').nth(3).waitFor(gone);
    await receiver.close();
  });

  it('within a time range of its own, on a phone in the dark', async () => {
    const { api, receiver } = await sent();
    const page = await openConsole(api, { ...PHONE, scheme: 'dark', path: '/deliveries' });
    await row(page, '1.8.0').waitFor();
    expect(await page.getByRole('combobox', { name: 'Time' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Time' }).click();
    await page.getByRole('option', { name: 'Custom' }).click();
    await page.getByRole('button', { name: 'Filters (1)' }).waitFor();
    const range = page.getByRole('group', { name: 'Time range' });
    await range.getByLabel('Until').fill('2020-01-01T10:00');
    await range.getByLabel('Until').press('Enter');
    await range.getByText('It ends before it begins.').waitFor();
    await page.getByText('Nothing matches the filter').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await range.getByLabel('From').fill('2020-01-01T09:00');
    await range.getByLabel('From').press('Enter');
    await range.getByText('It ends before it begins.').waitFor(gone);
    await range.getByLabel('Until').fill('');
    await range.getByLabel('Until').press('Enter');
    await row(page, '1.8.0').waitFor();
    await page.reload();
    expect(await range.getByLabel('From').inputValue()).toBe('2020-01-01T09:00');
    await receiver.close();
  });

  it('by a filter that is valid: anything else in the address is left out, and said so', async () => {
    const { api, receiver } = await sent();
    const page = await openConsole(api, { path: '/deliveries?status=lost&version=1.8&environment=qa' });
    await page.getByText('Not a valid filter, so it was left out: status=lost, environment=qa').waitFor();
    await row(page, '1.8.0').waitFor();
    expect(await row(page, '2.0.0').count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await eventually(() => expect(queryOf(page)).toEqual({ version: '1.8' }));
    await receiver.close();
  });
});

it('a delivery is opened by a click anywhere on its row; its title and heading name the version and the destination', async () => {
  const { api, receiver, ours } = await sent();
  const page = await openConsole(api, { path: '/deliveries?version=1.8.0' });
  const cells = page.getByRole('row').nth(1).getByRole('cell');
  await cells.nth(1).getByRole('link', { name: 'Ours' }).click();
  await eventually(() => expect(new URL(page.url()).pathname).toBe(`/integrations/${ours.id}`));
  await page.goBack();
  await cells.nth(3).click({ force: true }); // what takes it is the link that lies over the row
  await page.getByRole('heading', { level: 1, name: 'Checkout 1.8.0 to Ours' }).waitFor();
  await eventually(async () => expect(await page.title()).toMatch(/^Checkout 1\.8\.0 to Ours · /));
  await expectAccessible(page);
  await receiver.close();
});

it('pages of the list are in the address: older and back, also after a reload', async () => {
  const api = await Api.signIn();
  const project = await api.project('Checkout');
  const receiver = await startReceiver();
  await api.webhook(receiver.url);
  for (let n = 0; n < 30; n++) await api.release(project.id, `1.0.${n}`);
  await eventually(async () => expect((await api.deliveries({ version: '1.0.0' }))[0]?.status).toBe('delivered'));
  await eventually(async () => expect(await api.deliveries({ limit: '100' })).toHaveLength(30));
  const page = await openConsole(api, { path: '/deliveries' });
  await row(page, '1.0.29').waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await row(page, '1.0.0').waitFor();
  expect(await row(page, '1.0.29').count()).toBe(0);
  expect(await page.getByRole('row').count()).toBe(6);
  await page.reload();
  await row(page, '1.0.0').waitFor();
  await page.goBack();
  await row(page, '1.0.29').waitFor();
  await page.goForward();
  await page.getByRole('button', { name: 'Newest' }).click();
  await row(page, '1.0.29').waitFor();
  await eventually(() => expect(queryOf(page)).toEqual({}));
  await receiver.close();
});

it('what is filtered is exported as a CSV file that is named by its time', async () => {
  const { api, receiver } = await sent();
  const page = await openConsole(api, { path: '/deliveries?version=1.8&span=24h' });
  await row(page, '1.8.0').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^deliveries-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/time,status,event,project,version,/);
  expect(lines).toEqual([
    expect.stringContaining('Checkout,1.8.1,prod,false,Ours,webhook'),
    expect.stringContaining('Checkout,1.8.0,prod,false,Ours,webhook'),
  ]);
  await receiver.close();
});
