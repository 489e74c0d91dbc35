import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { openConsole } from './support/console.js';

const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** For the pointer alone: the keyboard clears a choice by its options. */
const clearing = (page: Page, choice: string): Locator =>
  page.getByRole('button', { name: `Any ${choice}`, includeHidden: true });

/** Each before the page can draw what the one before changed. */
async function clickAtOnce(page: Page, ...controls: Locator[]): Promise<void> {
  const elements = await Promise.all(controls.map((control) => control.elementHandle()));
  await page.evaluate((all) => all.forEach((one) => (one as unknown as { click: () => void }).click()), elements);
}

/** As somebody who is quicker than the page: its own script would be drawn between the two. */
const CHOOSE_AND_TYPE = `{
  const show = document.querySelector('select[aria-label="Show"]');
  const search = document.querySelector('input[aria-label^="Search"]');
  const set = (field, value, event) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
    field.dispatchEvent(new Event(event, { bubbles: true }));
  };
  set(show, 'disabled', 'change');
  set(search, 'Be', 'input');
  set(search, 'Bet', 'input');
}`;

describe('two changes of the address at once', () => {
  it('both count where somebody types in the search of destinations right after another choice', async () => {
    const api = await Api.signIn();
    for (const name of ['Alpha', 'Beta']) await api.webhook('http://127.0.0.1:9/', { name, enabled: false });
    const page = await openConsole(api, { path: '/integrations?sort=-name' });
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor();
    await page.evaluate(CHOOSE_AND_TYPE);
    await page.getByRole('link', { name: 'Alpha', exact: true }).waitFor({ state: 'detached' });
    expect(queryOf(page)).toEqual({ sort: '-name', show: 'disabled', q: 'Bet' });
  });

  it('both count on deliveries', async () => {
    const api = await Api.signIn();
    const page = await openConsole(api, { path: '/deliveries?span=24h&status=dead' });
    const tests = page.getByRole('switch', { name: 'Show tests' });
    await tests.waitFor();
    await clickAtOnce(page, tests, clearing(page, 'status'));
    await eventually(async () => expect(await tests.isChecked()).toBe(true));
    expect(queryOf(page)).toEqual({ span: '24h', tests: 'show' });
  });

  it('both count on activity', async () => {
    const api = await Api.signIn();
    const page = await openConsole(api, { path: '/activity?action=integration.changed&span=24h' });
    const [action, time] = [clearing(page, 'action'), clearing(page, 'time')] as const;
    await action.waitFor();
    await clickAtOnce(page, action, time);
    await action.waitFor({ state: 'detached' });
    expect(queryOf(page)).toEqual({});
  });
});
