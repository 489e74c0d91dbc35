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
import { AttemptStreams, type OpenFeed } from '../dashboards/attempt-streams.service.js';
import { StreamQueries } from '../dashboards/stream.queries.js';
import type { DeliverySettings } from '../delivery.config.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { LEDGER_MIGRATIONS } from './ledger-migrations.js';
import { LEDGER_CONTROLLERS, ledgerProviders } from './ledger.wiring.js';
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
  call: (organizationId: string, path: string, init?: CallInit) => Promise<Answer>;
  close: () => Promise<void>;
}

export interface CallInit {
  body?: unknown;
  role?: Role;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  body: Record<string, never> & { items: Record<string, unknown>[] };
}

export async function startLedgerApi(openFeed?: OpenFeed): Promise<LedgerApi> {
  const database = await createTestDatabase('ledger');
  const identity = await startTestIdentity();
  const context = contextOf(database.url, identity.jwksUrl);
  const integrations = new KnownIntegrations();
  const app = await NestFactory.create<NestExpressApplication>(moduleOf(context, integrations, openFeed), {
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
    ledger: new Ledger(dataSource),
    integrations,
    partitions: app.get(Partitions),
    kafka: app.get(KafkaConnection),
    url,
    token,
    call: async (organizationId, path, { body, role, headers } = {}) => {
      const response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${await token(organizationId, { role })}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    },
    close: async () => {
      await app.close();
      await identity.close();
      await database.drop();
    },
  };
}

/** Makes an integration known, as a record of `integration.state` would. */
export function makeKnown(integrations: KnownIntegrations, organizationId: string, id = uuidv7()): string {
  const sealed = { protected: 'x', encrypted_key: 'x', iv: 'x', ciphertext: 'x', tag: 'x' };
  const state: IntegrationState = {
    id,
    organizationId,
    provider: 'webhook',
    name: 'a webhook',
    projectId: null,
    eventTypes: [],
    environments: [],
    enabled: true,
    destination: 'https://hooks.example.com/…',
    concurrency: null,
    credentials: sealed,
    credentialsVersion: 1,
    signingSecrets: [],
    version: 1,
  };
  integrations.apply({ key: id, value: Buffer.from(JSON.stringify(state)), headers: {} });
  return id;
}

function moduleOf(context: ServiceContext<DeliverySettings>, integrations: KnownIntegrations, openFeed?: OpenFeed) {
  const { settings, logger } = context;
  const connection = new KafkaConnection(
    {
      brokers: (process.env['TEST_KAFKA_BROKERS'] ?? '').split(','),
      clientId: 'test',
      replicationFactor: 1,
      minInsyncReplicas: 1,
    },
    logger,
  );
  const streams = {
    provide: AttemptStreams,
    useFactory: (queries: StreamQueries) => new AttemptStreams(queries, openFeed!, logger),
    inject: [StreamQueries],
  };
  return {
    module: class LedgerApiModule {},
    imports: [
      ServiceModule.forContext(context),
      databaseModule({
        url: settings.databaseUrl,
        poolSize: 10,
        service: 'delivery',
        entities: [],
        migrations: LEDGER_MIGRATIONS,
        logger,
      }),
    ],
    controllers: LEDGER_CONTROLLERS,
    providers: [
      ...ledgerProviders(context),
      { provide: KnownIntegrations, useValue: integrations },
      { provide: KafkaConnection, useValue: connection },
      ...(openFeed ? [streams] : []),
    ],
  };
}

function contextOf(databaseUrl: string, authJwksUrl: string): ServiceContext<DeliverySettings> {
  const settings = {
    mode: 'local',
    databaseUrl,
    authIssuer: 'nitropush-local',
    authAudience: 'nitropush-notifications',
    authJwksUrl,
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
