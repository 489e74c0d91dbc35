import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../test/support/free-port.js';
import { startPostgres } from './postgres.js';

const isRoot = process.getuid?.() === 0;

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nitropush-postgres-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts it, asks it something, and stops it; answers the folder of its data. */
async function withServer(dataDir: string, password: string, sql: string): Promise<string> {
  mkdirSync(dataDir, { recursive: true });
  const say = (line: string): void => void said.push(line);
  const server = await startPostgres({ dataDir, port: await freePort(), password, say });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query(sql);
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]!.data_directory;
  } finally {
    await client.end();
    await server.stop();
  }
}

describe('the keys of the data folder', () => {
  it('are named where the data was made with others', async () => {
    chmodSync(folder, 0o755);
    await withServer(folder, 'first', 'CREATE TABLE kept (id int)');
    await expect(withServer(folder, 'second', 'SELECT 1')).rejects.toThrow(
      `PostgreSQL does not take the password in ${join(folder, 'keys')}`,
    );
    await withServer(folder, 'first', 'SELECT * FROM kept');
  });
});

describe.runIf(isRoot)('data that is kept outside the data folder, which PostgreSQL cannot reach', () => {
  it('begins afresh where the data folder was deleted, and keeps what was there', async () => {
    const dataDir = join(folder, 'data');
    const place = await withServer(dataDir, 'first', 'CREATE TABLE kept (id int)');
    expect(dirname(place)).not.toBe(dataDir);
    try {
      await withServer(dataDir, 'first', 'SELECT * FROM kept');
      rmSync(dataDir, { recursive: true });
      await withServer(dataDir, 'second', 'CREATE TABLE kept (id int)');
      expect(said.join('\n')).toContain('what it had is kept in');
      expect(existsSync(join(`${place}.before`, 'PG_VERSION'))).toBe(true);
    } finally {
      rmSync(dirname(place), { recursive: true });
    }
  });
});
