import pg, { type ClientBase } from 'pg';
import type { DataSourceOptions, MixedList } from 'typeorm';
import type { Logger } from '#libs/observability';
import { DriverLines } from './driver-lines.js';
import { PoolClient } from './pool-client.js';
import { settleSession } from './session.js';

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
  /** False: somebody else brings the schema up to date, and the service waits for it. */
  migrateOnStart?: boolean;
  /** Longest that one statement may take; 30 s unless said otherwise, 0 for no limit. */
  timeoutMs?: number;
}

/** No statement of ours is slower; one that hangs gives its connection back. */
const TIMEOUT_MS = 30_000;
/** After a failover a connection may go on leading to what is a standby now: each is made again within a few minutes. */
const LIFETIME_S = 300;

export function dataSourceOptions({
  url,
  poolSize,
  service,
  entities,
  migrations,
  logger,
  timeoutMs = TIMEOUT_MS,
}: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    driver: pg, // or TypeORM loads another in a bundle, which knows nothing of the client below
    url,
    poolSize,
    applicationName: `nitropush-${service}`,
    connectTimeoutMS: 3_000,
    entities,
    migrations,
    synchronize: false,
    logger: new DriverLines(logger),
    extra: {
      Client: PoolClient,
      onConnect: (client: ClientBase) => settleSession(client, { timeoutMs }),
      maxLifetimeSeconds: LIFETIME_S,
      keepAlive: true,
    },
  };
}
