import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.js';
import { devToken } from '../seed/seed.js';

const README_FOLDER = 'docs/images';
const README_SIZES = { 1440: 900 };
const ALL_SIZES = { 1440: 900, 1024: 768, 390: 844 };
const PHONE = 500;
const SCHEMES = ['light', 'dark'] as const;
const INBOX = 'qa-team';

const [address = 'http://localhost:4000', folder = README_FOLDER, ...paths] = process.argv.slice(2);

interface Demo {
  token: string;
  api: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

/**
 * Pictures of a console that runs with its demo organization: `npm run docs:screenshots -- [address] [folder] [path …]`.
 * Into any folder but the README's: at every width. Without paths a webhook is made to fail for the while, so that there
 * is something to see.
 */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const demo = demoOf(await devToken(address));
  const browser = await launchBrowser();
  try {
    const pages = paths.length > 0 ? paths.map((path) => [nameOf(path), path] as const) : await story(demo);
    for (const scheme of SCHEMES)
      for (const [width, height] of Object.entries(folder === README_FOLDER ? README_SIZES : ALL_SIZES))
        await takeAll(browser, demo, pages, { scheme, width: Number(width), height });
  } finally {
    await browser.close();
    if (paths.length === 0) await behave('ok');
  }
}

const nameOf = (path: string): string => path.replaceAll(/[^\w]+/g, '-').replace(/^-/, '');

const demoOf = (token: string): Demo => ({
  token,
  api: async <T>(method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(`${address}/api/v1${path}`, { method, headers, body: sent });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  },
});

/** The sandbox listens a hundred above. */
async function behave(mode: 'ok' | 'error'): Promise<void> {
  const { protocol, hostname, port } = new URL(address);
  const url = `${protocol}//${hostname}:${Number(port) + 100}/api/inboxes/${INBOX}/behaviour`;
  const headers = { 'content-type': 'application/json' };
  const { ok, status } = await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ mode }) });
  if (!ok) throw new Error(`the sandbox answered ${status}`);
}

/** A release that one destination of several refuses. */
async function story({ api }: Demo): Promise<(readonly [name: string, path: string])[]> {
  const { items: projects } = await api<{ items: { id: string; name: string }[] }>('GET', '/projects');
  const project = projects.find(({ name }) => name === 'NitroPush iOS');
  if (!project) throw new Error('the demo organization is not there: start without --empty');
  await behave('error');
  const releases = `/projects/${project.id}/releases`;
  const { items } = await api<{ items: unknown[] }>('GET', releases);
  const release = { environment: 'prod', version: `1.5.${items.length}`, description: 'Offline mode for all.' };
  const { id } = await api<{ id: string }>('POST', releases, release);
  return [
    ['integrations', '/integrations'],
    ['delivery', `/deliveries/${await failing(api, id)}`],
    ['releases', `/projects/${project.id}`],
    ['release', `/projects/${project.id}/releases/${id}`],
    ['deliveries', '/deliveries'],
    ['operations', '/operations'],
  ];
}

/** Its second try has failed as well. */
async function failing(api: Demo['api'], releaseId: string): Promise<string> {
  for (;;) {
    const { items } = await api<{ items: { id: string; releaseId: string; attemptCount: number }[] }>(
      'GET',
      '/deliveries?status=retrying',
    );
    const found = items.find((one) => one.releaseId === releaseId && one.attemptCount >= 2);
    if (found) return found.id;
    await wait(500);
  }
}

interface Look {
  scheme: (typeof SCHEMES)[number];
  width: number;
  height: number;
}

async function takeAll(
  browser: Browser,
  { token }: Demo,
  pages: (readonly [name: string, path: string])[],
  { scheme, width, height }: Look,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: width < PHONE ? 2 : 1,
    isMobile: width < PHONE,
  });
  const page = await context.newPage();
  await page.goto(`${address}/#token=${token}`);
  await page.waitForURL(`${address}/integrations`);
  for (const [name, path] of pages) {
    await page.goto(address + path);
    await settled(page);
    const file = join(folder, `${name}-${width}-${scheme}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  }
  await context.close();
}

/** The event stream stays open, so that the network is never idle: the page has its title and nothing says it loads. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  while ((await page.locator('[aria-busy=true]').count()) > 0) await wait(100);
}

await main();
