import { Client } from 'pg';
import type { ServiceName } from '../../tools/supervisor/service-env.js';
import { metric } from '../e2e/support/metrics.js';
import { stack } from '../e2e/support/api.js';
import { eventually } from './eventually.js';
import { startService, stopService } from './control.js';

type Owner = 'releases' | 'integrations' | 'delivery';

const onServer = (...statements: string[]): Promise<void> => execute(stack().databaseUrl, statements);

async function execute(connectionString: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Asks or changes what a service keeps. */
export async function query(service: Owner, sql: string, values: unknown[]): Promise<unknown[]> {
  const client = new Client({ connectionString: stack().databaseUrls[service] });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Database and role of a service. */
function databaseOf(service: Owner): { name: string; role: string } {
  const { pathname, username } = new URL(stack().databaseUrls[service]!);
  return { name: pathname.slice(1), role: username };
}

const copy = (from: string, to: string, role: string): string[] => [
  `DROP DATABASE IF EXISTS ${to} WITH (FORCE)`,
  `CREATE DATABASE ${to} TEMPLATE ${from} OWNER ${role}`,
];

/** As pg_dump would, which is not part of the embedded server; a copy by template needs the database for itself. */
export async function backUp(service: Owner): Promise<void> {
  const { name, role } = databaseOf(service);
  await stopService(service as ServiceName);
  await onServer(...copy(name, `${name}_backup`, role));
  await startService(service as ServiceName);
}

/** The database as it was at its backup, while the service is stopped. */
export async function restoreDatabase(service: Owner): Promise<void> {
  const { name, role } = databaseOf(service);
  await onServer(...copy(`${name}_backup`, name, role));
}

/** As a database that was migrated and not restored, while the service is stopped. */
export const emptyTable = (service: Owner, table: string): Promise<void> =>
  execute(stack().databaseUrls[service]!, [`DELETE FROM ${table}`]);

/** Resolves once the service found its state topic as its table is, or made it so. */
export const compared = (service: 'releases' | 'integrations'): Promise<void> =>
  eventually(async () => {
    if ((await metric(service, 'state_compared_timestamp_seconds{')) === 0) throw new Error('not compared yet');
  });
