import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeBase } from '../../tools/stack/ports.js';
import { Stack } from '../../tools/supervisor/stack.js';
import { AUDIENCE, CLIENT_ID, startIdentityProvider, type IdentityProvider } from '../support/identity-provider.js';
import { expectAccessible, openConsole } from './support/console.js';
import { inBackground } from '../support/in-background.js';

const ORGANIZATION = '0190a000-0000-7000-8000-00000000001d';
const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-sign-in-'));
let provider: IdentityProvider;
let system: Stack;

beforeAll(async () => {
  const gatewayPort = await freeBase();
  provider = await startIdentityProvider(`http://localhost:${gatewayPort}`, ORGANIZATION);
  system = await Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort,
    env: {
      ...process.env,
      AUTH_ISSUER: provider.issuer,
      AUTH_JWKS_URL: provider.jwksUrl,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_CLIENT_ID: CLIENT_ID,
    },
    say: () => undefined,
    onLine: () => undefined,
  });
});
afterAll(async () => {
  await system?.stop();
  await provider?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The provider’s pages want a font from far away, and have no icon. */
const PROVIDERS_OWN = [/fonts\.googleapis/, /\/favicon\.ico$/];

const open = (path: string, allow: RegExp[] = []): Promise<Page> =>
  openConsole(undefined, {
    origin: system.gatewayUrl,
    path,
    allow: [...PROVIDERS_OWN, ...allow],
  });

/** What a person does at the provider. */
async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to sign in' }).click();
  await page.locator('input[name=login]').fill('grace');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').click(); // and allows the console to know who it is
}

it('leads to the identity provider and back to the page that was wanted', async () => {
  const page = await open('/deliveries?status=dead');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expectAccessible(page);
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
  expect(page.url()).toBe(`${system.gatewayUrl}/deliveries?status=dead`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
});

it('a token that has run out is renewed without a word', async () => {
  provider.accessTokenSeconds = 2;
  const page = await open('/projects', [/401/]);
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor();
  provider.accessTokenSeconds = 600;
  const granted = (response: Response): boolean => response.url().endsWith('/token') && response.ok();
  const renewed = inBackground(page.waitForResponse(granted, { timeout: 90_000 }));
  // the token's own time, and the 30 s that services give to clocks that differ
  await page.waitForFunction((until) => Date.now() > until, Date.now() + 32_500, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Deliveries' }).first().click();
  await renewed;
  await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
});

it('a way back that was not begun here signs nobody in, and says so', async () => {
  const page = await open('/signed-in?code=made-up&state=made-up');
  expect(await page.getByRole('alert').innerText()).toContain('No matching state');
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
});
