import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { SettingsError, loadSettings } from '#libs/config';
import { Opener, Sealer } from '#libs/credentials';
import { dataSourceOptions } from '#libs/database';
import { until } from '#libs/deadline';
import { leftInOutbox } from '#libs/outbox';
import { createLogger } from '#libs/observability';
import { IntegrationEntity } from '../integrations/integration.entity.js';
import { KeyRotationSettings } from './key-rotation.config.js';
import { KeyRotation, type RotationResult } from './key-rotation.js';

const LOOK_MS = 250;
const LEAVES_WITHIN_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run credentials:rotate`. Ends with 0 when nothing lies under an old key any more. */
async function main(): Promise<number> {
  const { databaseUrl, credentialsPublicKey, credentialsPrivateKeys } = loadSettings(KeyRotationSettings);
  const sealer = await Sealer.fromJwk(credentialsPublicKey);
  const opener = await Opener.fromJwks(credentialsPrivateKeys);
  if (!opener.kids.includes(sealer.kid))
    throw new SettingsError([
      'CREDENTIALS_PRIVATE_KEYS: must have the private key of CREDENTIALS_PUBLIC_KEY too, here and at delivery',
    ]);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const logger = createLogger('integrations', 'error');
  const options = { url: databaseUrl, poolSize: 2, service: 'key-rotation', entities: [IntegrationEntity] };
  const dataSource = new DataSource(dataSourceOptions({ ...options, migrations: [], logger }));
  await dataSource.initialize();
  try {
    const result = await new KeyRotation({ dataSource, opener, sealer }).run(stop.signal);
    return await report(dataSource, result, { stopped: stop.signal.aborted, kid: sealer.kid });
  } finally {
    await dataSource.destroy();
  }
}

async function report(
  dataSource: DataSource,
  { seen, sealedAnew, unopened, outboxIds }: RotationResult,
  { stopped, kid }: { stopped: boolean; kid: string },
): Promise<number> {
  say(`${sealedAnew} of ${seen} integrations are sealed again under ${kid}.`);
  if (unopened.length > 0)
    say(`None of the keys opens ${unopened.join(', ')}: they stay as they are until somebody saves them again.`);
  if (stopped) say('Stopped before the end; start it again to go on.');
  const left = await leaving(dataSource, outboxIds);
  if (left > 0)
    say(`${left} changes have not left the outbox: does integrations run, and Kafka? Start this again later.`);
  if (stopped || left > 0 || unopened.length > 0) return 1;
  say('Nothing lies under another key any more: every private key but that one may go from CREDENTIALS_PRIVATE_KEYS.');
  return 0;
}

/** What `delivery` cannot know of yet, a minute on. */
async function leaving(dataSource: DataSource, ids: string[]): Promise<number> {
  let left = 0;
  const haveLeft = async (): Promise<boolean> => (left = await leftInOutbox(dataSource.manager, ids)) === 0;
  await until(haveLeft, { withinMs: LEAVES_WITHIN_MS, everyMs: LOOK_MS });
  return left;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : `The rotation failed: ${(error as Error).message}`}\n`,
  );
  process.exitCode = 1;
}
