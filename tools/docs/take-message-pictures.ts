import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.js';

const [address = 'http://localhost:4100', folder = 'docs/images', channel = 'general'] = process.argv.slice(2);

/** The newest message of each kind on a running sandbox's page: `npm run docs:messages -- [address] [folder] [channel]`. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1100, height: 900 } })).newPage();
    for (const product of ['slack', 'discord', 'teams']) {
      await page.goto(`${address}/#${product}/${channel}`);
      await take(page, `.messages.${product} .message`, `${product}-message`);
    }
    await page.goto(`${address}/#mail`);
    await page.locator('#mails .card summary').first().click();
    await page.frameLocator('iframe.mail').first().locator('h1').waitFor();
    await take(page, 'iframe.mail', 'email-message');
  } finally {
    await browser.close();
  }
}

async function take(page: Page, selector: string, name: string): Promise<void> {
  const file = join(folder, `${name}.png`);
  await page.locator(selector).first().screenshot({ path: file });
  console.log(file);
}

await main();
