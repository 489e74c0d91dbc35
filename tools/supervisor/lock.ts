import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../stack/daemon.js';
import { StackError } from '../stack/stack-error.js';

export interface Lock {
  /** Another supervisor held it and was killed: what it started may be ending just now. */
  leftBehind: boolean;
  release: () => void;
}

/**
 * Two supervisors on the same data would harm it.
 * @throws StackError where another one runs
 */
export function takeLock(dataDir: string): Lock {
  const file = join(dataDir, 'supervisor.pid');
  const leftBehind = existsSync(file);
  if (leftBehind) {
    const [pid = '', command] = readFileSync(file, 'utf8').split('\n');
    // after a reboot the number may be anybody's
    if (Number(pid) !== process.pid && command !== '' && commandLine(Number(pid)) === command)
      throw new StackError(
        `It is running already (process ${pid}) with the data in ${dataDir}. Stop it, or set DATA_DIR and GATEWAY_PORT for a second one.`,
      );
  }
  writeFileSync(file, `${process.pid}\n${commandLine(process.pid)}`);
  return { leftBehind, release: () => rmSync(file, { force: true }) };
}
