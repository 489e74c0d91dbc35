import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Daemon, commandLine, endLeftover } from './daemon.js';
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
  /** A certificate and its key, in PEM: then it takes connections over TLS, too. */
  tls?: { cert: string; key: string };
  say: Say;
}

const READY_WITHIN_MS = 30_000;
const LOOK_MS = 50;
const FILES_HELD_MS = 10_000;

/** Starts the embedded PostgreSQL; the first time it makes its files. Data survives, also a `kill -9`. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, port, password, say } = options;
  const home = await postgresHome(dataDir, say);
  const pidFile = join(dataDir, 'postgres.pid');
  if (await endLeftover(pidFile, home.data)) say('Ended a PostgreSQL that an earlier start had left running');
  if (dirname(home.data) !== resolve(dataDir)) setStrangerAside(home, password, say);
  if (!existsSync(join(home.data, 'PG_VERSION')))
    await withProgress(say, 'Preparing PostgreSQL', () => initialise(home, dataDir, password));
  if (options.tls) keepCertificate(home, options.tls);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const daemon = await startOnce(home, () => serve(home, options, pidFile), { url, dataDir });
  writeFileSync(ownerFile(home), ownerOf(password));
  return { url, daemon, stop: () => daemon.stop('SIGINT', 15_000) };
}

/** Under the names that the server looks for; it refuses a key that others may read. */
function keepCertificate({ data, uid, gid }: PostgresHome, { cert, key }: { cert: string; key: string }): void {
  for (const [name, text] of Object.entries({ 'server.crt': cert, 'server.key': key })) {
    const file = join(data, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
  }
}

/** Of which keys it is: it says so beside the data, and does not tell them. */
const ownerFile = ({ data }: PostgresHome): string => `${data}.owner`;
const ownerOf = (password: string): string => createHash('sha256').update(password).digest('hex');

/**
 * Data outside the data folder is still there after a person deleted that folder to start afresh, and new keys do not open
 * it. The latest is kept, in case the folder was deleted by mistake.
 */
function setStrangerAside(home: PostgresHome, password: string, say: Say): void {
  const file = ownerFile(home);
  if (!existsSync(file) || readFileSync(file, 'utf8') === ownerOf(password)) return;
  const aside = `${home.data}.before`;
  if (existsSync(join(home.data, 'PG_VERSION'))) {
    rmSync(aside, { recursive: true, force: true });
    renameSync(home.data, aside);
  }
  rmSync(file);
  mkdirSync(home.data, { mode: 0o700 });
  if (home.uid !== undefined && home.gid !== undefined) chownSync(home.data, home.uid, home.gid);
  say(`The data folder is new, so PostgreSQL starts empty; what it had is kept in ${aside}`);
}

function serve(home: PostgresHome, { dataDir, port, tls }: PostgresOptions, pidFile: string): Daemon {
  const settings = [
    ...TUNING,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    `ssl=${tls ? 'on' : 'off'}`,
  ];
  return Daemon.start({
    command: join(home.bin, 'postgres'),
    args: ['-D', home.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    env: { ...process.env, LD_LIBRARY_PATH: join(home.bin, '..', 'lib') },
    cwd: home.data,
    uid: home.uid,
    gid: home.gid,
    logFile: join(dataDir, 'logs', 'postgres.log'),
    pidFile,
  });
}

interface Reach {
  url: string;
  dataDir: string;
}

/** Children of a server that was killed hold its files for a moment more: then it is tried again. */
async function startOnce(home: PostgresHome, start: () => Daemon, { url, dataDir }: Reach): Promise<Daemon> {
  const began = Date.now();
  for (;;) {
    const daemon = start();
    try {
      await ready(daemon, url);
      return daemon;
    } catch (error) {
      if (isWrongPassword(error)) {
        await daemon.stop('SIGINT', 15_000);
        throw notOfTheseKeys(home, dataDir);
      }
      const held = daemon.exited && /postmaster\.pid|shared memory block/.test(daemon.lastLines(4));
      await daemon.stop('SIGINT', 15_000);
      const heldMs = Date.now() - began;
      if (!held || heldMs > FILES_HELD_MS) throw error;
      if (heldMs > FILES_HELD_MS / 2) forget(home);
      await wait(LOOK_MS);
    }
  }
}

/** After a reboot the process that the file names may be anybody's. Ours would have ended by now. */
function forget({ data }: PostgresHome): void {
  const file = join(data, 'postmaster.pid');
  if (existsSync(file) && !commandLine(Number.parseInt(readFileSync(file, 'utf8'), 10)).includes(data)) rmSync(file);
}

/** Durability stays as it is (fsync on); this only fits the size of a laptop. */
const TUNING = ['shared_buffers=256MB', 'max_wal_size=2GB', 'log_min_messages=warning'];

/** Beside their place first: files that are there are whole, also where this was killed half-way. */
async function initialise(home: PostgresHome, dataDir: string, password: string): Promise<void> {
  const files = `${home.data}.new`;
  const passwordFile = `${home.data}.password`;
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const path of [files, passwordFile])
    if (home.uid !== undefined && home.gid !== undefined) chownSync(path, home.uid, home.gid);
  const args = [
    '-D',
    files,
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
    renameSync(files, home.data);
  } catch (error) {
    const reason = String((error as { stderr?: string }).stderr ?? error);
    throw new StackError(
      /No space left/.test(reason)
        ? `The disk is full: make room for ${dataDir}, or set DATA_DIR.`
        : `PostgreSQL could not be prepared: ${reason.trim().split('\n').at(-1)}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const isWrongPassword = (error: unknown): boolean => (error as { code?: string }).code === '28P01';

/** The data was made with other keys than those that are in the data folder now. */
const notOfTheseKeys = (home: PostgresHome, dataDir: string): StackError =>
  new StackError(
    `PostgreSQL does not take the password in ${join(dataDir, 'keys')}: the data in ${home.data} was made with other keys. Put those keys back, or delete both folders to start afresh.`,
  );

async function ready(daemon: Daemon, url: string): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_MS) {
    if (daemon.exited) throw new StackError(`PostgreSQL did not start: ${daemon.lastLines()}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (isWrongPassword(error)) throw error; // waiting does not help
      await wait(LOOK_MS); // it is starting, or recovering after a crash
    }
  }
  throw new StackError(`PostgreSQL did not answer in time: ${daemon.lastLines()}`);
}
