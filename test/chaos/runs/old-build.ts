import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Before the ledger took up what is overdue and published events were kept: the last build of another way to work. */
const OLD = 'd7bec83';

/**
 * The services of an older commit, built in a folder of the cache; its path. Undefined where the history does not have that
 * commit: a shallow clone, an archive.
 */
export function oldBuild(root: string, say: (line: string) => void): string | undefined {
  const folder = join(root, '.cache', `build-${OLD}`);
  if (existsSync(folder)) return folder;
  if (!hasCommit(root)) return undefined;
  say(`Building ${OLD}, the build to run beside this one …`);
  const partial = `${folder}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const archive = execFileSync('git', ['archive', OLD], { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  execFileSync('tar', ['-x', '-C', partial], { input: archive });
  symlinkSync(join(root, 'node_modules'), join(partial, 'node_modules'));
  execFileSync(process.execPath, ['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: partial,
    stdio: 'inherit',
  });
  renameSync(partial, folder);
  return folder;
}

function hasCommit(root: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${OLD}^{commit}`], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false; // no such commit, no repository, or no git
  }
}
