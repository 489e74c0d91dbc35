import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.js';
import { devToken } from '../seed/seed.js';

const PAGES = {
  integrations: '/integrations',
  deliveries: '/deliveries',
  releases: '/projects',
  operations: '/operations',
};
const WIDTHS = { 1440: 900, 1024: 768, 390: 844 };
const PHONE = 500;
const SCHEMES = ['light', 'dark'] as const;

const [address = 'http://localhost:4000', folder = 'docs/images', ...wanted] = process.argv.slice(2);

/** Pictures of a running console: `npm run docs:screenshots -- [address] [folder] [page …]`; a page may be a path. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const token = await devToken(address);
  const browser = await launchBrowser();
  try {
    for (const scheme of SCHEMES)
      for (const [width, height] of Object.entries(WIDTHS))
        await takeAll(browser, token, { scheme, width: Number(width), height });
  } finally {
    await browser.close();
  }
}

interface Look {
  scheme: (typeof SCHEMES)[number];
  width: number;
  height: number;
}

async function takeAll(browser: Browser, token: string, { scheme, width, height }: Look): Promise<void> {
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
  for (const [name, path] of pagesWanted()) {
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
  await page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
}

function pagesWanted(): [name: string, path: string][] {
  if (wanted.length === 0) return Object.entries(PAGES);
  return wanted.map((page) => {
    const path = (PAGES as Record<string, string>)[page];
    return path === undefined ? [page.replaceAll('/', '-').replace(/^-/, ''), page] : [page, path];
  });
}

await main();
