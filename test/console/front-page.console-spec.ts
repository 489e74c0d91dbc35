import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api, type Integration } from '../e2e/support/api.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { eventually } from '../support/eventually.js';

const PAGES = ['/integrations', '/deliveries', '/projects', '/operations'];
let api: Api;

beforeAll(async () => {
  api = await Api.signIn();
  const project = await api.project();
  await api.webhook('http://127.0.0.1:9/closed', { name: 'QA team', projectId: project.id });
  await api.webhook('http://127.0.0.1:9/paused', { name: 'A paused destination', enabled: false });
  await api.release(project.id, '1.0.0');
});

const listed = async (name: string): Promise<Integration> =>
  (await api.must<{ items: Integration[] }>('GET', '/integrations')).items.find((one) => one.name === name)!;

/** The page has its title, and what it lists. */
async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
}

describe('the sign-in link', () => {
  it('opens the front page, signed in, and leaves no token in the address', async () => {
    const page = await openConsole(api, { path: '/' });
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    await page.getByRole('row', { name: /QA team/ }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(new URL(page.url()).pathname).toBe('/integrations');
  });

  it('is not needed again in the next tab', async () => {
    const page = await openConsole(api);
    await page.getByRole('row', { name: /QA team/ }).waitFor();
    const next = await page.context().newPage();
    await next.goto('/projects');
    await next.getByRole('link', { name: 'NitroPush iOS' }).waitFor();
    expect(await next.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
  });
});

describe('without a sign-in', () => {
  it('a role is chosen by one click, and the page that was wanted comes', async () => {
    const page = await openConsole(undefined, { path: '/operations' });
    await page.getByRole('button', { name: /^Viewer/ }).click();
    await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/operations');
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
  });
});

describe('an integration', () => {
  it('is switched off at once', async () => {
    const page = await openConsole(api);
    await page.getByRole('switch', { name: 'QA team enabled' }).click({ force: true });
    await eventually(async () => expect((await listed('QA team')).enabled).toBe(false));
    expect(await page.getByRole('switch', { name: 'QA team enabled' }).isChecked()).toBe(false);
  });

  it('is switched by nobody who may not, and says why', async () => {
    const page = await openConsole(await Api.signIn('viewer', api.organizationId));
    const held = page.getByRole('switch', { name: 'A paused destination enabled' });
    expect(await held.isDisabled()).toBe(true);
    await held.locator('xpath=ancestor::*[@role="group"]').focus();
    await page.getByRole('tooltip', { name: /Your role, viewer, may not/ }).waitFor();
  });
});

describe.each(PAGES)('%s', (path) => {
  it.each(['light', 'dark'] as const)('is accessible in %s', async (scheme) => {
    const page = await openConsole(api, { path, scheme });
    await shown(page);
    await expectAccessible(page);
  });

  it('fits a phone', async () => {
    const page = await openConsole(api, { path, ...PHONE });
    await shown(page);
    await expectNoSidewaysScroll(page);
  });
});
