import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
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
  // not with its own arguments: they put all tabs into one process, which ends with the first, and switch off the same-origin policy
  const args = [...sandboxArgs(), '--disable-gpu', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: await packagedBrowser(), args });
}

/**
 * The package unpacks its program into the folder for temporary files, and takes one that is there for whole, also while
 * another process is writing it. So each process unpacks into a folder of its own, and the first that is done gives its
 * folder the name that all use.
 */
async function packagedBrowser(): Promise<string> {
  const folder = resolve('.cache', `chromium-${packagedVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return join(folder, 'chromium');
}

async function unpackInto(folder: string): Promise<void> {
  const own = `${folder}.${process.pid}`;
  const temporary = process.env['TMPDIR'];
  mkdirSync(own, { recursive: true });
  process.env['TMPDIR'] = own;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    if (!existsSync(folder)) renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // otherwise another process was faster by a moment
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    rmSync(own, { recursive: true, force: true });
  }
}

function packagedVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  for (let at = dirname(entry); ; at = dirname(at)) {
    const file = join(at, 'package.json');
    const { name, version } = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string })
      : {};
    if (name === '@sparticuz/chromium') return version!;
  }
}

function installedBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE].find(existsSync);
}

/** Chromium refuses its own sandbox to root, as containers often run. */
const sandboxArgs = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
