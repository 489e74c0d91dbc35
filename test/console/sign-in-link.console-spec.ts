import { expect, it } from 'vitest';
import { signInLink } from '../../tools/seed/seed.js';
import { stack } from '../e2e/support/api.js';
import { openConsole } from './support/console.js';

const USED = 'This sign-in link was used already, or has run out';

/** What the browser says of the refusal, beside the page. */
const REFUSED = [/410/];

async function newLink(): Promise<string> {
  const { gatewayUrl } = stack();
  return (await signInLink(gatewayUrl)).slice(gatewayUrl.length);
}

it('the link that is printed at the start signs in once, and leaves nothing in the address', async () => {
  const link = await newLink();
  expect(link).toMatch(/^\/#sign-in=[A-Z0-9]{8}$/);
  const page = await openConsole(undefined, { path: link });
  await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
  expect(page.url()).not.toContain('sign-in');

  const other = await openConsole(undefined, { path: link, allow: REFUSED });
  await other.getByText(USED).waitFor();
  await other.getByRole('button', { name: 'Owner' }).click();
  await other.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
  expect(await other.getByText(USED).count()).toBe(0);

  await other.getByRole('button', { name: 'Account of Demo owner' }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await other.getByText(USED).count()).toBe(0);
});

it('a used link does not sign out the person who is signed in', async () => {
  const link = await newLink();
  const page = await openConsole(undefined, { path: link, allow: REFUSED });
  await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
  await page.goto('/deliveries');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
  expect(await page.getByText(USED).count()).toBe(0);
});
