import { execFile } from 'node:child_process';
import { existsSync, writeFileSync, rmSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Daemon, endLeftover } from './daemon.js';
import { postgresHome, type PostgresHome } from './postgres-home.js';
import { withProgress, type Say } from './progress.js';
import { StackError } from './stack-error.js';

export interface PostgresServer {
  /** The superuser's URL. */
  url: string;
  daemon: Daemon;
  stop: () => Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  port: number;
  /** Of the superuser; the server listens on this machine only. */
  password: string;
  say: Say;
}

const READY_WITHIN_MS = 30_000;
const LOOK_MS = 50;

/** Starts the embedded PostgreSQL; the first time it makes its files. Data survives, also a `kill -9`. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, port, password, say } = options;
  const home = await postgresHome(dataDir, say);
  const pidFile = join(dataDir, 'postgres.pid');
  if (await endLeftover(pidFile, home.data)) say('Ended a PostgreSQL that an earlier start had left running');
  if (!existsSync(join(home.data, 'PG_VERSION')))
    await withProgress(say, 'Preparing PostgreSQL', () => initialise(home, dataDir, password));
  const daemon = Daemon.start({
    command: join(home.bin, 'postgres'),
    args: [
      '-D',
      home.data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
      ...TUNING,
    ],
    env: { ...process.env, LD_LIBRARY_PATH: join(home.bin, '..', 'lib') },
    cwd: home.data,
    uid: home.uid,
    gid: home.gid,
    logFile: join(dataDir, 'logs', 'postgres.log'),
    pidFile,
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await ready(daemon, url);
  return { url, daemon, stop: () => daemon.stop('SIGINT', 15_000) };
}

/** Durability stays as it is (fsync on); this only fits the size of a laptop. */
const TUNING = ['shared_buffers=256MB', 'max_wal_size=2GB', 'log_min_messages=warning'].flatMap((setting) => [
  '-c',
  setting,
]);

async function initialise(home: PostgresHome, dataDir: string, password: string): Promise<void> {
  const passwordFile = join(home.data, '..', 'postgres.password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.uid !== undefined && home.gid !== undefined) chownSync(passwordFile, home.uid, home.gid);
  const args = [
    '-D',
    home.data,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ];
  try {
    await promisify(execFile)(join(home.bin, 'initdb'), args, {
      uid: home.uid,
      gid: home.gid,
      cwd: '/',
      env: { ...process.env, LD_LIBRARY_PATH: join(home.bin, '..', 'lib') },
    });
  } catch (error) {
    const reason = String((error as { stderr?: string }).stderr ?? error);
    rmSync(join(home.data, 'PG_VERSION'), { force: true });
    throw new StackError(
      /No space left/.test(reason)
        ? `The disk is full: make room for ${dataDir}, or set DATA_DIR.`
        : `PostgreSQL could not be prepared: ${reason.trim().split('\n').at(-1)}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function ready(daemon: Daemon, url: string): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_MS) {
    if (daemon.exited) throw new StackError(`PostgreSQL did not start: ${daemon.lastLines()}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(LOOK_MS); // it is starting, or recovering after a crash
    }
  }
  throw new StackError(`PostgreSQL did not answer in time: ${daemon.lastLines()}`);
}
