import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair as generate, type JWK } from 'jose';
import { generateKeyPair, madeForOneMachine, markedForOneMachine } from '#libs/credentials';
import type { DatabaseName } from './databases.js';

/** Paths, not values: each service is given only its own. */
export interface KeyFiles {
  credentialsPublicKey: string;
  credentialsPrivateKeys: string;
  authSigningKey: string;
}

/** What a stack on one machine needs that nobody should have to make by hand. */
export interface LocalSecrets extends KeyFiles {
  superuserPassword: string;
  passwords: Record<DatabaseName, string>;
}

/** Made at the first start, kept under the data folder for its owner alone. */
export async function localSecrets(dataDir: string): Promise<LocalSecrets> {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string): string => join(folder, name);
  const keys = {
    credentialsPublicKey: path('credentials.public.json'),
    credentialsPrivateKeys: path('credentials.private.json'),
    authSigningKey: path('auth.signing.json'),
  };
  await ensureKeys(keys);
  if (!existsSync(path('databases.json')))
    keep(
      path('databases.json'),
      Object.fromEntries(
        ['superuser', 'releases', 'integrations', 'delivery'].map((name) => [name, randomBytes(24).toString('hex')]),
      ),
    );
  const { superuser, ...passwords } = JSON.parse(readFileSync(path('databases.json'), 'utf8')) as Record<
    'superuser' | DatabaseName,
    string
  >;
  return { ...keys, superuserPassword: superuser, passwords };
}

/** Makes the keys that are not there yet, and marks them: production refuses keys that nobody took care of. */
export async function ensureKeys(files: KeyFiles): Promise<void> {
  if (!existsSync(files.credentialsPrivateKeys)) {
    const { publicJwk, privateJwks } = await generateKeyPair();
    keep(files.credentialsPublicKey, publicJwk);
    keep(files.credentialsPrivateKeys, privateJwks);
  }
  mark(files);
  if (!existsSync(files.authSigningKey)) keep(files.authSigningKey, await signingKey());
}

/** Also those that were made before there was a mark. */
function mark({ credentialsPublicKey, credentialsPrivateKeys }: KeyFiles): void {
  if (!existsSync(credentialsPublicKey)) return;
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const { keys } = read(credentialsPrivateKeys) as { keys: JWK[] };
  const key = read(credentialsPublicKey) as JWK;
  if ([key, ...keys].every(madeForOneMachine)) return;
  keep(credentialsPublicKey, markedForOneMachine(key));
  keep(credentialsPrivateKeys, { keys: keys.map(markedForOneMachine) });
}

async function signingKey(): Promise<object> {
  const { privateKey } = await generate('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
}

function keep(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
  chmodSync(file, 0o600);
}
