import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { openConsole } from './support/console.js';

const MOST_STOPS = 80;

/** Goes there by Tab alone. @throws where no tab stop is the one */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate<boolean, HTMLElement>((element) => element === element.ownerDocument.activeElement))
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error('No tab stop leads there');
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

it('without a mouse a webhook is connected and tested, a release made, and its message sent again', async () => {
  const api = await Api.signIn();
  await api.project('NitroPush iOS');
  const receiver = await startReceiver();
  const page = await openConsole(api);
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const link = (name: string): Locator => page.getByRole('link', { name, exact: true });

  await press(page, button(/^Custom webhook/));
  await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
  await page.keyboard.type('Ours');
  await tabTo(page, page.getByRole('textbox', { name: 'URL', exact: true }));
  await page.keyboard.type(receiver.url);
  await page.keyboard.press('Enter');
  await press(page, button('Copy'));
  await press(page, button("I've saved it"));

  await press(page, button('Test Ours'));
  await page.getByText('Ours: the test was delivered').waitFor();

  await press(page, link('Releases'));
  await press(page, link('NitroPush iOS'));
  await press(page, button('New release'));
  await tabTo(page, page.getByRole('textbox', { name: 'Version' }));
  await page.keyboard.type('1.8.0');
  await page.keyboard.press('Enter');
  await page.getByText('Delivered to 1 of 1').waitFor();
  await press(page, button('Done'));
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  const [delivery] = (await api.deliveries()).filter(({ test }) => !test);
  await page.goto(`/deliveries/${delivery!.id}`);
  await press(page, button('Resend'));
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Resend' }));
  await page.getByText('Delivered to Ours').waitFor();
  await eventually(() => expect(receiver.received).toHaveLength(3));
  await receiver.close();
});
