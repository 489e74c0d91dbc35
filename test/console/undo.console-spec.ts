import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { paused } from './support/held.js';
import { pastUndo } from './support/undo.js';

const row = (page: Page) => page.getByRole('row', { name: /A webhook/ });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

async function remove(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for A webhook' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('You can undo this for 10 seconds').waitFor();
  await page.getByLabel(/^Type/).fill('A webhook');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await row(page).waitFor({ state: 'detached' });
}

const names = async (api: Api): Promise<string[]> =>
  (await api.must<{ items: { name: string }[] }>('GET', '/integrations')).items.map(({ name }) => name);

async function withWebhook(look = {}) {
  const api = await Api.signIn();
  await api.webhook('http://127.0.0.1:9/');
  return { api, page: await openConsole(api, look) };
}

describe('a destination that is deleted', () => {
  it('comes back by Undo, and nothing has happened to it; on a phone in the dark', async () => {
    const { api, page } = await withWebhook({ ...PHONE, scheme: 'dark' });
    await page.clock.install();
    await remove(page);
    await page.getByRole('status').getByText('A webhook will be deleted').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await undo(page).click();
    await row(page).waitFor();
    await page.clock.fastForward('00:20');
    await undo(page).waitFor({ state: 'detached' });
    expect(await names(api)).toEqual(['A webhook']);
  });

  it('needs nobody any more while it can come back', async () => {
    const { api, receiver } = await paused(1, 'A webhook');
    const page = await openConsole(api);
    await page.clock.install();
    const line = page.getByRole('link', { name: '1 of 1 destination needs you' });
    const beside = page.getByRole('navigation').getByRole('link', { name: '1 destination needs you' });
    await line.waitFor();
    await beside.waitFor();
    await remove(page);
    await line.waitFor({ state: 'detached' });
    await beside.waitFor({ state: 'detached' });
    expect(await names(api)).toEqual(['A webhook']);
    await undo(page).click();
    await line.waitFor();
    await beside.waitFor();
    await receiver.close();
  });

  it('is deleted once the time is over', async () => {
    const { api, page } = await withWebhook();
    await pastUndo(page, () => remove(page));
    await eventually(async () => expect(await names(api)).toEqual([]));
    await page.getByText('No destination is connected').waitFor();
  });

  it('waits for as long as the way back has the focus, which is one step from the content', async () => {
    const { api, page } = await withWebhook();
    await page.clock.install();
    await remove(page);
    await undo(page).waitFor();
    await eventually(async () => expect(await page.evaluate('document.activeElement.id')).toBe('content'));
    await page.keyboard.press('Shift+Tab');
    await page.clock.fastForward('00:30');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Undo');
    await page.keyboard.press('Enter');
    await row(page).waitFor();
    expect(await names(api)).toEqual(['A webhook']);
  });

  it('comes back by the key that undoes everywhere', async () => {
    const { api, page } = await withWebhook();
    await remove(page);
    await undo(page).waitFor();
    await page.keyboard.press('Control+z');
    await row(page).waitFor();
    expect(await names(api)).toEqual(['A webhook']);
  });

  it('is deleted at once where the page is left', async () => {
    const { api, page } = await withWebhook();
    await remove(page);
    await undo(page).waitFor();
    expect(await names(api)).toEqual(['A webhook']);
    await page.goto('about:blank');
    await eventually(async () => expect(await names(api)).toEqual([]));
  });
});

it('messages that are discarded stay as they were after Undo, and go once the time is over', async () => {
  const { api, receiver, hook } = await paused(2);
  const page = await openConsole(api);
  const discard = async (): Promise<void> => {
    await page.getByRole('button', { name: '2 held for Paused' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('You can undo this for 10 seconds').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('2 held messages will be discarded').waitFor();
  };
  await discard();
  await undo(page).click();
  await undo(page).waitFor({ state: 'detached' });
  expect((await api.integration(hook.id)).counts).toMatchObject({ held: 2 });
  await pastUndo(page, discard);
  await page.getByText('2 messages are discarded').waitFor();
  await eventually(async () => expect((await api.integration(hook.id)).counts).toMatchObject({ held: 0 }));
  await receiver.close();
});
