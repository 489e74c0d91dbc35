import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl } from '#libs/config';
import { createLogger } from '#libs/observability';
import { makeAuthority } from '../../../test/support/certificates.js';
import { eventually } from '../../../test/support/eventually.js';
import { inBackground } from '../../../test/support/in-background.js';
import { freeBase } from '../../../tools/stack/ports.js';
import { startPostgres, type PostgresServer } from '../../../tools/stack/postgres.js';
import { dataSourceOptions, type DatabaseOptions } from './index.js';
import { untilReached } from './database.module.js';

const folder = mkdtempSync(join(tmpdir(), 'nitropush-tls-'));
chmodSync(folder, 0o755);
const ca = join(folder, 'ca.pem');
const otherCa = join(folder, 'other.pem');
let server: PostgresServer;

beforeAll(async () => {
  const [authority, other] = [await makeAuthority('Database authority'), await makeAuthority('Another')];
  writeFileSync(ca, authority.cert);
  writeFileSync(otherCa, other.cert);
  const tls = await authority.issue({ name: 'database', dns: ['localhost'] });
  server = await startPostgres({
    dataDir: folder,
    port: (await freeBase()) + 54,
    password: 'test',
    tls,
    say: () => undefined,
  });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function address(parameters: Record<string, string>, host = 'localhost', password = 'test'): string {
  const url = new URL(server.url);
  url.hostname = host;
  url.password = password;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return databaseUrl(url.href);
}

function optionsFor(url: string, lines: Record<string, unknown>[] = []): DatabaseOptions {
  const logger = createLogger('test', 'warn', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { url, service: 'test', poolSize: 2, entities: [], migrations: [], logger };
}

describe('PostgreSQL over TLS', () => {
  const query = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

  it('is what the pool and single connections use, where the address says so', async () => {
    const url = address({ sslmode: 'verify-full', sslrootcert: ca });
    const dataSource = await new DataSource(dataSourceOptions(optionsFor(url))).initialize();
    expect(await dataSource.query(query)).toEqual([{ ssl: true }]);
    await dataSource.destroy();
    const client = new Client({ connectionString: url });
    await client.connect();
    expect((await client.query(query)).rows).toEqual([{ ssl: true }]);
    await client.end();
  });

  it.each<[string, () => string, RegExp, RegExp]>([
    [
      'an authority that did not sign the certificate',
      () => address({ sslmode: 'verify-full', sslrootcert: otherCa }),
      /certificate/,
      /sslrootcert/,
    ],
    ['no authority', () => address({ sslmode: 'verify-full' }), /certificate/, /sslrootcert/],
    [
      'another name than in the certificate',
      () => address({ sslmode: 'verify-full', sslrootcert: ca }, '127.0.0.1'),
      /does not match certificate/,
      /host in DATABASE_URL/,
    ],
    [
      'a wrong password',
      () => address({ sslmode: 'verify-full', sslrootcert: ca }, 'localhost', 'hunter2'),
      /password authentication failed/,
      /user and password/,
    ],
  ])('%s is one line that says why and what to check', async (_, url, reason, check) => {
    const lines: Record<string, unknown>[] = [];
    const options = optionsFor(url(), lines);
    let tries = 0;
    const dataSource = new DataSource(dataSourceOptions(options));
    const initialize = dataSource.initialize.bind(dataSource);
    dataSource.initialize = () => {
      tries += 1;
      return initialize();
    };
    const stopped = new AbortController();
    inBackground(untilReached(dataSource, options, stopped.signal));
    await eventually(() => expect(tries).toBeGreaterThan(3));
    stopped.abort();
    expect(lines).toEqual([
      expect.objectContaining({
        event: 'database.awaited',
        reason: expect.stringMatching(reason) as string,
        check: expect.stringMatching(check) as string,
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('names a file that is not there when the settings are read, and not where it should be', () => {
    expect(() => address({ sslmode: 'verify-full', sslrootcert: '/nowhere/hunter2.pem' })).toThrow(
      /^must name a file that can be read in sslrootcert$/,
    );
  });
});
