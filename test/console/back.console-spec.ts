import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { expectAccessible, openConsole } from './support/console.js';
import { eventually } from '../support/eventually.js';

const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
const pathOf = (page: Page): string => new URL(page.url()).pathname;
const back = (page: Page): Promise<void> => page.evaluate<void>('history.back()');
const forward = (page: Page): Promise<void> => page.evaluate<void>('history.forward()');

it('Back and Forward ask before they throw away what was typed, and go there once that is confirmed', async () => {
  const page = await openConsole(await Api.signIn(), { path: '/deliveries' });
  const link = (to: string) => page.getByRole('navigation').getByRole('link', { name: to });
  await link('Integrations').click();
  await link('Releases').click();
  await page.getByRole('heading', { name: 'Releases', level: 1 }).waitFor();
  await back(page);
  await page.getByRole('button', { name: /^Custom webhook/ }).click();
  await name(page).fill('Mine');
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
  for (const leave of [back, forward, back]) {
    await leave(page);
    await question.waitFor();
    await eventually(() => expect(pathOf(page)).toBe('/integrations'));
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Keep editing' }).click();
    expect(await name(page).inputValue()).toBe('Mine');
  }
  await back(page);
  await question.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await forward(page);
  await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
});

it('Back asks nothing where nothing was typed', async () => {
  const page = await openConsole(await Api.signIn(), { path: '/deliveries' });
  await page.getByRole('navigation').getByRole('link', { name: 'Integrations' }).click();
  await page.getByRole('button', { name: /^Custom webhook/ }).click();
  await name(page).waitFor();
  await back(page);
  await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('Back asks before it takes away a secret that is shown once and was not copied', async () => {
  const api = await Api.signIn();
  await api.webhook('http://127.0.0.1:9/');
  const page = await openConsole(api, { path: '/deliveries' });
  await page.getByRole('navigation').getByRole('link', { name: 'Integrations' }).click();
  await page.getByRole('button', { name: 'More for A webhook' }).click();
  await page.getByRole('menuitem', { name: 'Rotate the signing secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate the secret' }).click();
  await page.getByRole('dialog', { name: 'Signing secret of A webhook' }).waitFor();
  await expectAccessible(page);
  await back(page);
  const question = page.getByRole('dialog', { name: 'Leave without copying the secret?' });
  await question.getByRole('button', { name: 'Keep it open' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Keep it where only the destination reads it').waitFor();
  await back(page);
  await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});
