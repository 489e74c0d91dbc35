import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { paused } from './support/held.js';

const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const names = (page: Page): Promise<string[]> =>
  page
    .getByRole('row')
    .getByRole('cell', { name: /^(Alpha|Beta|Gamma)/ })
    .getByRole('link')
    .allInnerTexts();

async function three() {
  const api = await Api.signIn();
  for (const name of ['Alpha', 'Beta', 'Gamma']) await api.webhook('http://127.0.0.1:9/', { name });
  return api;
}

describe('the address of the destinations', () => {
  it('keeps search, choice and order; Back leads through them, and a reload and a drawer leave them', async () => {
    const page = await openConsole(await three());
    const search = page.getByRole('textbox', { name: /^Search/ });
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor();
    await page.getByRole('columnheader', { name: 'Destination' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Destination' }).getByRole('button').click();
    await page.waitForURL('**/integrations?sort=-name');
    await eventually(async () => expect(await names(page)).toEqual(['Gamma', 'Beta', 'Alpha'])); // the address is there first
    await search.pressSequentially('bet');
    await page.waitForURL((url) => url.searchParams.get('q') === 'bet');
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor({ state: 'detached' });
    await page.getByLabel('Show', { exact: true }).selectOption('disabled');
    await page.getByText('No destination matches').first().waitFor();
    await eventually(() => expect(queryOf(page)).toEqual({ sort: '-name', q: 'bet', show: 'disabled' }));
    await page.reload();
    await page.getByText('No destination matches').first().waitFor();
    expect(await search.inputValue()).toBe('bet');
    await page.goBack();
    await page.getByRole('link', { name: 'Beta', exact: true }).waitFor();
    await page.getByRole('button', { name: 'More for Beta' }).click();
    await page.getByRole('menuitem', { name: 'Recent deliveries' }).click();
    await page.getByRole('dialog').getByText('Nothing was sent here so far.').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => expect(queryOf(page)).toEqual({ sort: '-name', q: 'bet' }));
    await page.goBack(); // past all that was typed, in one step
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor();
    expect(await search.inputValue()).toBe('');
    await eventually(() => expect(queryOf(page)).toEqual({ sort: '-name' }));
  });

  it('says what of it is not valid, on a phone in the dark', async () => {
    const page = await openConsole(await three(), {
      ...PHONE,
      scheme: 'dark',
      path: '/integrations?show=fax&sort=colour&q=beta',
    });
    await page.getByText('Not a valid filter, so it was left out: show=fax, sort=colour').waitFor();
    await eventually(async () => expect(await names(page)).toEqual(['Beta']));
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await eventually(() => expect(queryOf(page)).toEqual({ q: 'beta' }));
  });

  it('says once that a sign-in connected something', async () => {
    const api = await Api.signIn();
    const { id } = await api.webhook('http://127.0.0.1:9/', { name: 'Alpha' });
    const page = await openConsole(api, { path: `/integrations?connected=${id}` });
    await page.getByRole('alert').getByText('Alpha is connected').waitFor();
    await eventually(() => expect(queryOf(page)).toEqual({}));
    await page.reload();
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor();
    expect(await page.getByText('Alpha is connected').count()).toBe(0);
  });
});

describe('how many destinations need somebody', () => {
  it('is a figure of its own: no page fetches the list of destinations for it', async () => {
    const { api, receiver } = await paused(1, 'Ours');
    const asked: string[] = [];
    const page = await openConsole(api, { path: '/activity' });
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor(); // signed in by now
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/projects');
    await page.getByRole('navigation').getByRole('link', { name: '1 destination needs you' }).waitFor();
    await eventually(async () => expect(await page.title()).toMatch(/^\(1\) Releases/));
    expect(asked).toContain('/api/v1/deliveries/attention');
    expect(asked).not.toContain('/api/v1/integrations');
    await receiver.close();
  });

  it('is counted from the list where an older delivery service does not have the figure, and not said elsewhere', async () => {
    const { api, receiver } = await paused(1, 'Ours');
    const page = await openConsole(undefined, { path: '/', allow: [/404/] });
    await page.route('**/api/v1/deliveries/attention', (route) => route.fulfill({ status: 404, body: '' }));
    await Promise.all([
      page.waitForResponse('**/api/v1/deliveries/attention'),
      page.goto(`/projects#token=${api.token}`),
    ]);
    await page.getByRole('heading', { name: 'Releases', level: 1 }).waitFor();
    const link = page.getByRole('navigation').getByRole('link', { name: 'Integrations' });
    await eventually(async () => expect(await link.innerText()).toBe('Integrations'));
    await link.click();
    await page.getByRole('navigation').getByRole('link', { name: '1 destination needs you' }).waitFor();
    await eventually(async () => expect(await page.title()).toMatch(/^\(1\) /));
    await receiver.close();
  });

  it('is not said to be none where nobody can say', async () => {
    const api = await Api.signIn();
    const page = await openConsole(undefined, { path: '/', allow: [/503/] });
    await page.route('**/api/v1/deliveries/attention', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`/projects#token=${api.token}`);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: 'It is not known which destinations need you' })
      .waitFor();
    await page.getByRole('heading', { name: 'Releases', level: 1 }).waitFor();
    await expectAccessible(page);
  });
});
