import pg from 'pg';
import { parseUrl } from '#libs/url';
import { StackError } from './stack-error.js';

/** Each service has a role of its own that owns a database of its own, and may reach no other. */
export const DATABASES = ['releases', 'integrations', 'delivery'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** Makes roles and databases that are missing. Answers the URL of each service. */
export async function ensureDatabases(
  superuserUrl: string,
  passwords: Record<DatabaseName, string>,
): Promise<Record<DatabaseName, string>> {
  const client = await connect(superuserUrl);
  try {
    for (const name of DATABASES) await ensureDatabase(client, name, passwords[name]);
  } finally {
    await client.end();
  }
  const urlOf = (name: DatabaseName): string => {
    const url = new URL(superuserUrl);
    url.username = name;
    url.password = passwords[name];
    url.pathname = `/${name}`;
    return url.href;
  };
  return Object.fromEntries(DATABASES.map((name) => [name, urlOf(name)])) as Record<DatabaseName, string>;
}

async function connect(superuserUrl: string): Promise<pg.Client> {
  if (parseUrl(superuserUrl) === null || !/^postgres(ql)?:/.test(superuserUrl))
    throw new StackError('DATABASE_URL: must be an address that begins with postgres://');
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a connection that breaks is seen by the query that is under way
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw new StackError(`DATABASE_URL: the server cannot be used: ${message || code}`);
  }
}

async function ensureDatabase(client: pg.Client, name: DatabaseName, password: string): Promise<void> {
  const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const secret = client.escapeLiteral(password);
  await client.query(`${role.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} LOGIN PASSWORD ${secret}`);
  const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  await client.query(`GRANT ${name} TO CURRENT_USER`); // a managed server's administrator is no superuser
  if (database.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
}
