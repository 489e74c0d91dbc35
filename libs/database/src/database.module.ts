import { setTimeout as wait } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import type { Logger } from '#libs/observability';
import { migrate } from './migrate.js';

type ClassList = MixedList<new () => object>;

export interface DatabaseOptions {
  /** postgres:// URL of the service's own database. */
  url: string;
  /** Most connections at once. */
  poolSize: number;
  service: string;
  entities: ClassList;
  migrations: ClassList;
  logger: Logger;
}

const RETRY_EVERY_MS = 500;
const GIVE_UP_AFTER_MS = 120_000;
/** No statement of ours is slower; one that hangs gives its connection back. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** The service's DataSource: waits for a database that is still starting, brings its schema up to date, then serves it. */
export function databaseModule(options: DatabaseOptions): DynamicModule {
  return TypeOrmModule.forRootAsync({
    useFactory: () => ({ ...dataSourceOptions(options), manualInitialization: false, retryAttempts: 1 }),
    dataSourceFactory: async () => connect(options),
  });
}

export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    poolSize: options.poolSize,
    applicationName: `nitropush-${options.service}`,
    connectTimeoutMS: 3_000,
    entities: options.entities,
    migrations: options.migrations,
    synchronize: false,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
    },
  };
}

async function connect(options: DatabaseOptions): Promise<DataSource> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  const dataSource = new DataSource(dataSourceOptions(options));
  for (;;) {
    try {
      await dataSource.initialize();
      break;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      options.logger.warn({ code: (error as { code?: string }).code }, 'database.awaited');
      await wait(RETRY_EVERY_MS);
    }
  }
  await migrate(dataSource, options.logger);
  return dataSource;
}
