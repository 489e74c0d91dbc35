import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
const question = (page: Page) => page.getByRole('dialog', { name: 'Discard what you typed?' });
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

/** Beside the dialog, wherever that is. */
const clickOutside = (page: Page): Promise<void> => page.mouse.click(5, 5);

describe('what was typed in', () => {
  it.each<[string, (page: Page) => Promise<void>]>([
    ['Escape', (page) => page.keyboard.press('Escape')],
    ['a click outside', clickOutside],
    ['the close button', (page) => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()],
    ['Cancel', (page) => page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()],
  ])('is not thrown away by %s without a question', async (_way, leave) => {
    const page = await openConsole(await Api.signIn());
    await page.getByRole('button', { name: /^Custom webhook/ }).click();
    await name(page).fill('Mine');
    await leave(page);
    await question(page).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    expect(await name(page).inputValue()).toBe('Mine');
    await leave(page);
    await question(page).getByRole('button', { name: 'Keep editing' }).click();
    expect(await name(page).inputValue()).toBe('Mine');
    await leave(page);
    await question(page).getByRole('button', { name: 'Discard' }).click();
    await name(page).waitFor({ state: 'detached' });
    await eventually(async () => expect(await focused(page)).toContain('Custom webhook'));
  });

  it('asks nothing where nothing was typed, or it was changed back', async () => {
    const page = await openConsole(await Api.signIn());
    await page.getByRole('button', { name: /^Custom webhook/ }).click();
    await name(page).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Custom webhook/ }).click();
    await name(page).fill('Mine');
    await name(page).fill('');
    await clickOutside(page);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await question(page).count()).toBe(0);
  });

  it('of a release is kept, also from a link in its dialog, and goes with its question', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const page = await openConsole(api, { ...PHONE, path: `/projects/${project.id}` });
    await page.getByRole('button', { name: 'New release' }).click();
    await page.getByLabel('Version').fill('1.8.0');
    await page.getByRole('link', { name: 'Connect one' }).click();
    await question(page).getByRole('button', { name: 'Keep editing' }).click();
    expect(await page.getByLabel('Version').inputValue()).toBe('1.8.0');
    await page.getByRole('link', { name: 'Connect one' }).click();
    await question(page).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

it('a secret that is shown once closes only once it was copied, or without copying by that name', async () => {
  const api = await Api.signIn();
  await api.webhook('http://127.0.0.1:9/');
  const page = await openConsole(api);
  const rotate = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More for A webhook' }).click();
    await page.getByRole('menuitem', { name: 'Rotate the signing secret' }).click();
    await page.getByText('Set the new secret at the destination within 24 hours').waitFor();
  };
  await page.getByRole('button', { name: 'More for A webhook' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  await expectAccessible(page, '[role=menu]');
  await page.keyboard.press('Escape');
  await rotate();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await eventually(async () => expect(await focused(page)).toBe('More for A webhook'));

  await rotate();
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  const secret = page.getByRole('dialog', { name: 'Signing secret of A webhook' });
  const saved = secret.getByRole('button', { name: "I've saved it" });
  await secret.waitFor();
  await page.keyboard.press('Escape');
  await clickOutside(page);
  expect(await saved.isDisabled()).toBe(true);
  await expectAccessible(page);
  await secret.getByRole('button', { name: 'Copy', exact: true }).click();
  await secret.getByText('Keep it where only the destination reads it').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^whsec_/);
  await saved.click();
  await secret.waitFor({ state: 'detached' });
  await eventually(async () => expect(await focused(page)).toBe('More for A webhook'));

  await rotate();
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))`);
  await secret.getByRole('button', { name: 'Copy', exact: true }).click();
  await secret.getByRole('button', { name: 'Not copied: select it' }).waitFor();
  expect(await page.evaluate('String(window.getSelection())')).toMatch(/^whsec_\S+$/);
  await page.keyboard.press('Control+c');
  await secret.getByText('Keep it where only the destination reads it').waitFor();
  await saved.click();
  await secret.waitFor({ state: 'detached' });

  await rotate();
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  await secret.getByRole('button', { name: 'Close without copying' }).click();
  await secret.waitFor({ state: 'detached' });
  await eventually(async () => {
    const { items } = await api.must<{ items: { action: string }[] }>('GET', '/activity');
    expect(items.filter(({ action }) => action === 'signing-secret.rotated')).toHaveLength(3);
  });
});

it.each([{ width: 1440 }, PHONE])('a form says what its button does, in view at $width', async (look) => {
  const api = await Api.signIn();
  const project = await api.project();
  for (const one of ['One', 'Two']) await api.webhook('http://127.0.0.1:9/', { name: one });
  await api.webhook('http://127.0.0.1:9/', { name: 'Paused', enabled: false });
  const page = await openConsole(api, { ...look, height: 600, path: `/projects/${project.id}` });
  await page.getByRole('button', { name: 'New release' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Version').fill('1.8.0');
  await dialog.getByText('Production', { exact: true }).click();
  await dialog.getByText('Release 1.8.0 to Production · notify 2 of 3').waitFor();
  const visible = async (): Promise<boolean> => {
    const box = await dialog.getByRole('button', { name: 'Release', exact: true }).boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= 600;
  };
  expect(await visible()).toBe(true);
  await dialog.getByText('Preview messages').scrollIntoViewIfNeeded();
  expect(await visible()).toBe(true);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

it('an edited destination says which parts change', async () => {
  const api = await Api.signIn();
  await api.webhook('http://127.0.0.1:9/');
  const page = await openConsole(api);
  await page.getByRole('button', { name: 'More for A webhook' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByText('No changes').waitFor();
  await name(page).fill('Renamed');
  await page.getByRole('dialog').getByText('Production', { exact: true }).click();
  await page.getByText('Changes the name, route').waitFor();
  expect(await api.must('GET', '/integrations')).toMatchObject({ items: [{ name: 'A webhook', environments: [] }] });
});

const SHOWS_FOCUS = `(() => {
  const one = document.activeElement;
  const shown = [one, one.parentElement, one.nextElementSibling, one.labels && one.labels[0]].filter(Boolean);
  const name = one.outerHTML.slice(0, 160);
  for (const part of shown) part.style.transition = 'none'; // what it looks like in the end
  const look = () => shown.map((part) => {
    const { outlineStyle, outlineWidth, borderColor, boxShadow, backgroundColor, transform, top } = getComputedStyle(part);
    return [outlineStyle, outlineWidth, borderColor, boxShadow, backgroundColor, transform, top].join();
  }).join(';');
  const focused = look();
  one.blur();
  const blurred = look();
  one.focus({ focusVisible: true });
  const again = one === document.body || 'seen' in one.dataset;
  one.dataset.seen = '';
  return { name, again, shown: focused !== blurred };
})()`;

it('every tab stop of a page shows that it has the focus, and neither badges nor times are among them', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const hook = await api.webhook('http://127.0.0.1:9/', { enabled: false });
  await api.release(project.id, '1.0.0');
  for (const path of [
    '/integrations',
    `/integrations/${hook.id}`,
    '/deliveries',
    '/projects',
    `/projects/${project.id}`,
  ]) {
    const page = await openConsole(api, { path });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    const [seen, hidden]: [string[], string[]] = [[], []];
    for (;;) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<{ name: string; again: boolean; shown: boolean }>(SHOWS_FOCUS);
      if (stop.again) break;
      seen.push(stop.name);
      if (!stop.shown) hidden.push(stop.name);
    }
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.filter((stop) => /^<(time|span)/.test(stop))).toEqual([]);
    expect(hidden).toEqual([]);
  }
});
