import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
const about = (page: Page): Locator => page.getByRole('region', { name: 'Owner and note' });
const listed = async (api: Api): Promise<object[]> =>
  (await api.must<{ items: object[] }>('GET', '/integrations')).items;

async function choose(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Goes there by Tab alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const focused = target.and(page.locator(':focus'));
  for (let stop = 0; stop < 80 && (await focused.count()) === 0; stop++) await page.keyboard.press('Tab');
}

describe('the owner and the note of a destination', () => {
  it('are filled in by the keyboard, shown on its page, edited, told by the activity, and never sent', async () => {
    const api = await Api.signIn();
    const receiver = await startReceiver();
    const hook = await api.webhook(receiver.url, { name: 'Ours' });
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const edit = async (): Promise<void> => {
      await tabTo(page, page.getByRole('region', { name: 'Settings' }).getByRole('button', { name: 'Edit' }));
      await page.keyboard.press('Enter');
      await page.getByText('No changes').waitFor();
    };
    await edit();
    await tabTo(page, field(page, 'Owner'));
    await page.keyboard.type('Mobile release team');
    await page.keyboard.press('Tab');
    await page.keyboard.type('For the QA team.');
    await page.keyboard.press('Enter'); // a line break, and not the form
    await page.keyboard.type('Restart the bot first.');
    await page.getByText('Changes the owner, note').waitFor();
    await expectAccessible(page);
    await tabTo(page, page.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Enter');
    await about(page).getByText('Owner: Mobile release team').waitFor();
    await eventually(async () =>
      expect(await about(page).innerText()).toContain('For the QA team.\nRestart the bot first.'),
    );
    await expectAccessible(page);

    await edit();
    await eventually(async () => expect(await field(page, 'Owner').inputValue()).toBe('Mobile release team'));
    await field(page, 'Owner').fill('Ada Lovelace');
    await field(page, 'Note').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await about(page).getByText('Owner: Ada Lovelace').waitFor();
    expect(await api.integration(hook.id)).toMatchObject({ owner: 'Ada Lovelace', note: null });
    await api.must('POST', `/integrations/${hook.id}/test`);
    await eventually(() => expect(receiver.received).toHaveLength(1));
    expect(JSON.stringify(receiver.received)).not.toMatch(/Lovelace|Mobile release team/);
    await page.reload();
    const activity = page.getByRole('region', { name: 'Activity' });
    await activity.getByText('Owner: Mobile release team → Ada Lovelace').waitFor();
    await activity.getByText(/^Note: For the QA team\.\s+Restart the bot first\. → none$/).waitFor();

    await api.must('PATCH', `/integrations/${hook.id}`, { owner: null });
    await page.reload();
    await page.getByRole('region', { name: 'Health' }).waitFor();
    expect(await about(page).count()).toBe(0);
    await receiver.close();
  });

  it('are filled in for a new one, found by the search, and duplicated', async () => {
    const api = await Api.signIn();
    await api.webhook('http://127.0.0.1:9/other', { name: 'Other' });
    const page = await openConsole(api);
    await page.getByRole('button', { name: /^Custom webhook/ }).click();
    await field(page, 'Name').fill('Ours');
    await field(page, 'URL').fill('http://127.0.0.1:9/hook');
    await field(page, 'Owner').fill('Ada Lovelace');
    await field(page, 'Note').fill('For QA.\nQuiet at night.');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByRole('row', { name: /Ours.*Owner: Ada Lovelace/ }).waitFor();
    await page.getByPlaceholder('Search by name, destination, project or owner').fill('lovelace');
    await page.getByText('1 of 2').waitFor();
    await expectAccessible(page);

    await choose(page, 'Ours', 'Duplicate');
    await eventually(async () => expect(await field(page, 'Owner').inputValue()).toBe('Ada Lovelace'));
    expect(await field(page, 'Note').inputValue()).toBe('For QA.\nQuiet at night.');
    await field(page, 'URL').fill('http://127.0.0.1:9/copy');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByText('2 of 3').waitFor();
    const both = { owner: 'Ada Lovelace', note: 'For QA.\nQuiet at night.' };
    expect(await listed(api)).toMatchObject([{ ...both, name: 'Ours (copy)' }, both, { owner: null, note: null }]);
  });

  it('come back from signing in at Slack', async () => {
    const api = await Api.signIn();
    const channel = Channel.fresh('slack');
    const page = await openConsole(api);
    await page.getByRole('button', { name: /^Slack/ }).click();
    await field(page, 'Owner').fill('Ada');
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await page.getByLabel('Another channel').fill(channel.name);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('row', { name: /Owner: Ada/ }).waitFor();
    expect(await listed(api)).toMatchObject([{ name: channel.name, owner: 'Ada', note: null }]);
  });

  it('are refused beside their field', async () => {
    const api = await Api.signIn();
    await api.webhook('http://127.0.0.1:9/', { name: 'Ours' });
    const page = await openConsole(api, { allow: [/400/] });
    await choose(page, 'Ours', 'Edit');
    await field(page, 'Owner').fill('Ada\u202e');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must not hold control, bidirectional or invisible characters').waitFor();
    await expectAccessible(page);
  });

  it.each([
    ['of the most characters without a break', 'Releaseteam'.repeat(19).slice(0, 200), 'x'.repeat(1_000)],
    ['of many lines', 'Ada', 'A line.\n\n'.repeat(40)],
    ['right to left, with emoji', 'فريق الإصدار 👩🏽‍💻 للهاتف المحمول', 'لا ترسل ليلاً 🚀\nAsk first.\n\nשאלו קודם'],
  ])('fit every page, in the dark and on a phone too: %s', async (_case, owner, note) => {
    const api = await Api.signIn();
    const project = await api.project();
    const hook = await api.webhook('http://127.0.0.1:9/closed', { name: 'Closed door', owner, note });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(1));
    const page = await openConsole(api, { ...PHONE, scheme: 'dark' });
    await page.getByRole('row', { name: /Closed door/ }).waitFor(); // signed in by now
    for (const path of ['/integrations', `/integrations/${hook.id}`, '/operations', '/activity']) {
      await page.goto(path);
      await page.getByText(owner.slice(0, 100)).first().waitFor();
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await expectNoSidewaysScroll(page);
      }
      await expectAccessible(page);
    }
    await page.goto('/integrations');
    await choose(page, 'Closed door', 'Edit');
    await field(page, 'Note').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

it('who to ask is said where a destination needs somebody', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  await api.webhook('http://127.0.0.1:9/closed', { name: 'Closed door', owner: 'Ada Lovelace' });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(1));
  const page = await openConsole(api, { path: '/operations' });
  await page.getByRole('row', { name: /Closed door.*Owner: Ada Lovelace/ }).waitFor();
  await expectAccessible(page);
});
