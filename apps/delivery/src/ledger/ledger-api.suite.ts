import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Role } from '#libs/auth';
import { duration } from '#libs/config';
import { uuidv7, type IntegrationState } from '#libs/contracts';
import { databaseModule } from '#libs/database';
import { ServiceModule, type ServiceContext } from '#libs/http';
import { KafkaConnection } from '#libs/kafka';
import { createLogger, createRegistry } from '#libs/observability';
import { createTestDatabase } from '../../../../test/support/test-database.js';
import { startTestIdentity } from '../../../../test/support/test-identity.js';
import { OPEN_FEED, type OpenFeed } from '../dashboards/attempt-streams.service.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { OutcomeFeedModule } from '../dashboards/outcome-feed.module.js';
import { DeadLettersModule } from '../dead-letters/dead-letters.module.js';
import type { DeliverySettings } from '../delivery.config.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { LEDGER_MIGRATIONS } from './ledger-migrations.js';
import { LedgerModule } from './ledger.module.js';
import { Ledger } from './ledger.service.js';
import { Partitions } from './partitions.service.js';

/** The ledger's API on a database of its own, with tokens that it accepts. */
export interface LedgerApi {
  dataSource: DataSource;
  ledger: Ledger;
  integrations: KnownIntegrations;
  partitions: Partitions;
  kafka: KafkaConnection;
  url: string;
  token: (organizationId: string, options?: { role?: Role; lastsSeconds?: number; sub?: string }) => Promise<string>;
  /** Calls as owner of the organization unless a token is given. */
  call: <T = ListBody>(organizationId: string, path: string, init?: CallInit) => Promise<Answer<T>>;
  /** Connections of clients that are open. */
  connections: () => Promise<number>;
  close: () => Promise<void>;
}

export interface CallInit {
  body?: unknown;
  role?: Role;
  headers?: Record<string, string>;
}

type ListBody = Record<string, never> & { items: Record<string, unknown>[] };

export interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

export interface Refusal {
  errors: { field: string }[];
}

export interface Answer<T = ListBody> {
  status: number;
  body: T;
}

export async function startLedgerApi(openFeed?: OpenFeed): Promise<LedgerApi> {
  const database = await createTestDatabase('ledger');
  const identity = await startTestIdentity();
  const context = contextOf(database.url, identity.jwksUrl);
  const app = await NestFactory.create<NestExpressApplication>(moduleOf(context, openFeed), {
    logger: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  app.set('query parser', 'simple');
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const dataSource = app.get<DataSource>(getDataSourceToken());
  const token: LedgerApi['token'] = (org, { role = 'owner', lastsSeconds = 600, sub } = {}) =>
    identity.sign({ org, role, sub }, Math.floor(Date.now() / 1000) + lastsSeconds);
  return {
    dataSource,
    ledger: new Ledger(dataSource, { now: Date.now }),
    integrations: app.get(KnownIntegrations),
    partitions: app.get(Partitions),
    kafka: app.get(KafkaConnection),
    url,
    token,
    call: async <T>(organizationId: string, path: string, { body, role, headers }: CallInit = {}) => {
      const response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${await token(organizationId, { role })}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as T };
    },
    connections: () =>
      new Promise((resolve, reject) =>
        app.getHttpServer().getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: async () => {
      await app.close();
      await identity.close();
      await database.drop();
    },
  };
}

/** Makes an integration known, as a record of `integration.state` would. Returns its id. */
export function makeKnown(
  integrations: KnownIntegrations,
  organizationId: string,
  id = uuidv7(),
  changes: Partial<IntegrationState> = {},
): string {
  const state = buildIntegrationState({ id, organizationId, name: 'a webhook', ...changes });
  integrations.apply({ key: id, value: Buffer.from(JSON.stringify(state)), headers: {} });
  return id;
}

function moduleOf(context: ServiceContext<DeliverySettings>, openFeed?: OpenFeed) {
  const standIn = {
    module: class StandInFeedModule {},
    providers: [{ provide: OPEN_FEED, useValue: openFeed }],
    exports: [OPEN_FEED],
  };
  return {
    module: class LedgerApiModule {},
    imports: [
      ServiceModule.forContext(context),
      databaseModule({ entities: [], migrations: LEDGER_MIGRATIONS }),
      DeliveryKafkaModule,
      DashboardsModule.reading(openFeed ? standIn : OutcomeFeedModule),
      DeadLettersModule,
      LedgerModule,
    ],
  };
}

function contextOf(databaseUrl: string, authJwksUrl: string): ServiceContext<DeliverySettings> {
  const settings = {
    mode: 'local',
    databaseUrl,
    databasePool: 10,
    kafkaBrokers: (process.env['TEST_KAFKA_BROKERS'] ?? '').split(','),
    kafkaReplicationFactor: 1,
    authIssuer: 'nitropush-local',
    authAudience: 'nitropush-notifications',
    authJwksUrl,
    emailConfirmRecipients: true,
    ledgerRetentionMs: duration('30d'),
    ledgerDeadRetentionMs: duration('90d'),
  } as DeliverySettings;
  return {
    name: 'delivery',
    settings,
    logger: createLogger('delivery', 'error'),
    registry: createRegistry('delivery'),
  };
}
