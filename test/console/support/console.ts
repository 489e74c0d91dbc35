import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { stack, type Api } from '../../e2e/support/api.js';
import { launchBrowser } from '../../support/browser.js';

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

export interface Look {
  /** Of another system than the one of this run. */
  origin?: string;
  path?: string;
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  /** Faults that the test is about; every other fails it. */
  allow?: RegExp[];
}

export const PHONE: Look = { width: 390, height: 844 };

/** As `eventually` waits: it ends what would go on for ever. */
const WAIT_MS = 90_000;

/** The console in a tab of its own, signed in by the link that `npm start` prints, where an API is given. Whatever goes wrong in the tab fails the test. */
export async function openConsole(api: Api | undefined, look: Look = {}): Promise<Page> {
  const { path = '/integrations', width = 1280, height = 900, scheme = 'light', allow = [] } = look;
  const { origin = stack().gatewayUrl } = look;
  browser ??= launchBrowser();
  const context = await (
    await browser
  ).newContext({
    baseURL: origin,
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'], // headless, nobody is there to be asked
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const faults = faultsOf(context);
  onTestFinished(async () => {
    await context.close();
    expect(faults.filter((fault) => !allow.some((pattern) => pattern.test(fault)))).toEqual([]);
  });
  await page.goto(api === undefined ? path : `${path}#token=${api.token}`);
  return page;
}

/** Console errors and warnings (a breach of the security policy is one), exceptions, requests without answer, refusals. */
function faultsOf(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      faults.push(`console ${message.type()}: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (fault) => faults.push(`exception: ${String(fault.error())}`));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') faults.push(`no answer: ${request.method()} ${request.url()} ${why}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return faults;
}

/** It describes what is in a landmark, and lies at the end of the page where nothing cuts it off; the pointer may rest on one. */
const isTooltip = (html: string): boolean => /^<[^>]* role="tooltip"/.test(html);

/** No rule of WCAG 2.2 AA that can be checked by a machine is broken; in a part of the page, where one is named. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => id !== 'region' || !isTooltip(html)).map(({ html }) => `${id}: ${html}`),
  );
  expect(faults).toEqual([]);
}

/** Nothing is wider than the page. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await isWider(page)).toBe(false);
}

/** Something is wider than the page. */
export const isWider = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
