import { join } from 'node:path';
import { DATABASES, ensureDatabases, type DatabaseName } from '../stack/databases.js';
import { ensureKeys } from '../stack/local-secrets.js';
import { StackError } from '../stack/stack-error.js';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new StackError(`setup: ${name}: must be set`);
  return value;
}

/** Runs to its end before the services of docker-compose.yml start: a role and a database for each, and keys where there are none. */
async function main(): Promise<void> {
  const passwords = Object.fromEntries(
    DATABASES.map((name) => [name, setting(`${name.toUpperCase()}_DATABASE_PASSWORD`)]),
  ) as Record<DatabaseName, string>;
  await ensureDatabases(setting('DATABASE_URL'), passwords);
  const folder = setting('KEYS_DIR');
  await ensureKeys({
    credentialsPublicKey: join(folder, 'sealing', 'key.json'),
    credentialsPrivateKeys: join(folder, 'opening', 'keys.json'),
    authSigningKey: join(folder, 'signing', 'key.json'),
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exitCode = 1;
}
