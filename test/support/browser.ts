import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A real Chromium: the one that CHROMIUM_PATH names, else an installed one, else the one that npm brought. */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env['CHROMIUM_PATH'] || installedBrowser();
  if (installed) return chromium.launch({ executablePath: installed, args: sandboxArgs() });
  const { default: packaged } = await import('@sparticuz/chromium');
  // not with its own arguments: they put all tabs into one process, which ends with the first, and switch off the same-origin policy
  const args = [...sandboxArgs(), '--disable-gpu', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: await packaged.executablePath(), args });
}

function installedBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE].find(existsSync);
}

/** Chromium refuses its own sandbox to root, as containers often run. */
const sandboxArgs = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
