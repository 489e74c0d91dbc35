import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '#libs/deadline';
import { folderFault, portsFor, takenFault } from '#preflight';
import { commandLine } from '../stack/daemon.js';
import { requireFree, type Ports } from '../stack/ports.js';
import { StackError } from '../stack/stack-error.js';
import type { ServerName } from './embedded-servers.js';

const ROOM_BYTES = 500 * 1024 * 1024;
/** A service whose supervisor was killed finishes what is under way first. */
const LEFTOVERS_END_MS = 25_000;
const LOOK_MS = 100;
const ANSWER_MS = 5_000;

/** @throws StackError where it cannot be made or written to */
export function makeFolder(folder: string): void {
  const fault = folderFault(folder);
  if (fault !== undefined) throw new StackError(fault);
}

/** @throws StackError where the disk is nearly full */
export function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < ROOM_BYTES)
    throw new StackError(`The disk is nearly full: ${folder} needs 500 MB. Make room, or set DATA_DIR.`);
}

/**
 * Every port that is about to be used; those of a killed supervisor's servers are not asked for, as we end those ourselves.
 * @throws StackError naming the ports that somebody else has
 */
export async function requirePorts(
  ports: Ports,
  { dataDir, embedded, leftBehind }: { dataDir: string; embedded: ServerName[]; leftBehind: boolean },
): Promise<void> {
  const starting = embedded.filter((name) => !stillRuns(join(dataDir, `${name}.pid`)));
  const wanted = portsFor(ports, starting);
  if (leftBehind)
    await until(async () => !(await takenFault(wanted)), { withinMs: LEFTOVERS_END_MS, everyMs: LOOK_MS });
  await requireFree(wanted);
}

/** @throws StackError where none of the brokers that the user named can be reached */
export async function requireBrokers(brokers: string): Promise<void> {
  const reached = await Promise.all(brokers.split(',').map((broker) => answers(broker.trim())));
  if (!reached.includes(true)) throw new StackError(`KAFKA_BROKERS: no broker can be reached at ${brokers}`);
}

const stillRuns = (pidFile: string): boolean =>
  existsSync(pidFile) && commandLine(Number(readFileSync(pidFile, 'utf8'))) !== '';

function answers(hostAndPort: string): Promise<boolean> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(hostAndPort) ?? [];
  if (port === '') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: ANSWER_MS });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
