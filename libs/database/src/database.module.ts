import { setTimeout as wait } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { SETTINGS, type BackendSettings } from '#libs/config';
import { LOGGER, SERVICE_NAME, type Logger } from '#libs/observability';
import { dataSourceOptions, type DatabaseOptions } from './data-source-options.js';
import { awaitMigrations, migrate } from './migrate.js';
import { refuseTransactionPooler } from './transaction-pooler.js';
import { whatToCheck } from './what-to-check.js';

const RETRY_EVERY_MS = 500;
const SAY_EVERY_TRIES = 20;
const GIVE_UP_AFTER_MS = 120_000;

export type DatabaseContents = Pick<DatabaseOptions, 'entities' | 'migrations'>;
type Settings = Pick<BackendSettings, 'databaseUrl' | 'databasePool' | 'migrateOnStart'>;

/** The service's DataSource: waits for a database that is still starting, brings its schema up to date, then serves it. */
export function databaseModule(contents: DatabaseContents): DynamicModule {
  return TypeOrmModule.forRootAsync({
    useFactory: (service: string, settings: Settings, logger: Logger) => {
      const { databaseUrl: url, databasePool: poolSize, migrateOnStart } = settings;
      const ours: DatabaseOptions = { ...contents, url, poolSize, migrateOnStart, service, logger };
      return { ...dataSourceOptions(ours), ours, manualInitialization: false, retryAttempts: 1 };
    },
    inject: [SERVICE_NAME, SETTINGS, LOGGER],
    dataSourceFactory: (options) => connect((options as DataSourceOptions & { ours: DatabaseOptions }).ours),
  });
}

async function connect(options: DatabaseOptions): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions(options));
  await untilReached(dataSource, options);
  try {
    await refuseTransactionPooler(dataSource);
    await (options.migrateOnStart === false ? awaitMigrations(options) : migrate(options));
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Until it is reached, the signal says to give up, or two minutes are over. @throws the last failure */
export async function untilReached(
  dataSource: DataSource,
  { logger }: Pick<DatabaseOptions, 'logger'>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  let said: string | undefined;
  for (let tries = 0; ; tries += 1) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (Date.now() > deadline || signal?.aborted) throw error;
      const { code, message } = error as Error & { code?: string };
      const check = whatToCheck(error);
      const due = check === undefined ? tries % SAY_EVERY_TRIES === 0 : message !== said;
      if (due) logger.warn({ code, reason: message, check }, 'database.awaited');
      said = message;
      await wait(RETRY_EVERY_MS);
    }
  }
}
