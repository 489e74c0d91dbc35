import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Role } from '#libs/auth';
import { loadSettings } from '#libs/config';
import { PROJECT_STATE, STATE_COMPLETE_KEY, STATE_COMPLETE_TYPE, freshHeaders, uuidv7 } from '#libs/contracts';
import { Opener, generateKeyPair } from '#libs/credentials';
import { createService } from '#libs/http';
import { Publisher, keepTrying } from '#libs/kafka';
import { createLogger, createRegistry } from '#libs/observability';
import { sharedStateTopic } from '#libs/outbox';
import { callApi, type Answer } from '../../../test/support/call-api.js';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase } from '../../../test/support/test-database.js';
import { startTestIdentity } from '../../../test/support/test-identity.js';
import { TopicFollower } from '../../../test/support/topic-follower.js';
import { AppModule } from './app.module.js';
import { IntegrationsSettings } from './integrations.config.js';

export interface CallInit {
  body?: unknown;
  role?: Role;
  headers?: Record<string, string>;
}

/** What the stand-in for `delivery` answers with, and what it was asked. */
export interface DeliveryStandIn {
  asked: { ids: string[]; authorization: string | undefined }[];
  answer: (ids: string[], response: ServerResponse) => void;
}

/** The service as it runs, on a database of its own and the test run's Kafka. */
export interface IntegrationsApi {
  url: string;
  opener: Opener;
  dataSource: DataSource;
  delivery: DeliveryStandIn;
  /** Everything that it has logged. */
  log: string[];
  /** Calls as owner of the organization unless a role is given. */
  call: <T = Record<string, unknown>>(organizationId: string, request: string, init?: CallInit) => Promise<Answer<T>>;
  close: () => Promise<void>;
}

export async function startIntegrations(env: Record<string, string> = {}): Promise<IntegrationsApi> {
  const [database, identity, sealing] = await Promise.all([
    createTestDatabase('integrations'),
    startTestIdentity(),
    generateKeyPair(),
  ]);
  const delivery: DeliveryStandIn = { asked: [], answer: (_ids, response) => void response.writeHead(503).end() };
  const deliveryServer = await serve((request, response) => answerAsDelivery(delivery, request, response));
  const log: string[] = [];
  const settings = loadSettings(IntegrationsSettings, {
    PORT: '1',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: process.env['TEST_KAFKA_BROKERS'],
    AUTH_JWKS_URL: identity.jwksUrl,
    DELIVERY_URL: urlOf(deliveryServer),
    CREDENTIALS_PUBLIC_KEY: JSON.stringify(sealing.publicJwk),
    ...env,
  });
  const app = await createService(
    { module: { module: class Alone {}, imports: [AppModule, sharedStateTopic] } },
    {
      name: 'integrations',
      settings,
      logger: createLogger('integrations', 'debug', { write: (line) => void log.push(line) }),
      registry: createRegistry('integrations'),
    },
  );
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const url = urlOf(app.getHttpServer() as Server);
  const closing = new AbortController();
  void sayProjectsComplete(app.get(Publisher), closing.signal);
  return {
    url,
    opener: await Opener.fromJwks(sealing.privateJwks),
    dataSource: app.get<DataSource>(getDataSourceToken()),
    delivery,
    log,
    call: async (organizationId, request, { role = 'owner', ...call } = {}) =>
      callApi(url, { request, token: await identity.sign({ org: organizationId, role, name: 'Ada' }), ...call }),
    close: async () => {
      closing.abort();
      await app.close();
      deliveryServer.close();
      await identity.close();
      await database.drop();
    },
  };
}

/** As apps/releases does once all its projects are on the topic. */
async function sayProjectsComplete(publisher: Publisher, signal: AbortSignal): Promise<void> {
  const headers = freshHeaders(STATE_COMPLETE_TYPE, '/test', STATE_COMPLETE_KEY);
  const record = {
    key: STATE_COMPLETE_KEY,
    value: JSON.stringify({ records: 0, at: new Date().toISOString() }),
    headers,
  };
  await keepTrying(() => publisher.publish(PROJECT_STATE.topic, record), { signal: () => !signal.aborted }).catch(
    () => undefined,
  ); // closed meanwhile
}

export const ready = ({ url }: IntegrationsApi): Promise<void> =>
  eventually(async () => {
    const { status } = await fetch(`${url}/health/ready`);
    if (status !== 200) throw new Error(`not ready: ${status}`);
  });

function answerAsDelivery(delivery: DeliveryStandIn, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url!, 'http://delivery');
  if (pathname !== '/internal/v1/destinations') return void response.writeHead(404).end();
  const ids = searchParams.get('ids')!.split(',');
  delivery.asked.push({ ids, authorization: request.headers.authorization });
  delivery.answer(ids, response);
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The test run's Kafka, as the other services see it. */
export class Topics extends TopicFollower {
  private readonly publisher = new Publisher(this.connection);

  /** Makes a project known, as apps/releases would; answers its id. */
  async project(organizationId: string, name = 'Checkout'): Promise<string> {
    const state = { id: uuidv7(), organizationId, name };
    const headers = freshHeaders('project.changed', '/test', state.id);
    await this.publisher.publish(PROJECT_STATE.topic, { key: state.id, value: JSON.stringify(state), headers });
    return state.id;
  }

  override async close(): Promise<void> {
    await this.publisher.disconnect();
    await super.close();
  }
}

/** A whole, valid input. */
export const buildWebhook = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  provider: 'webhook',
  name: 'QA team webhook',
  projectId: null,
  credentials: { url: 'http://127.0.0.1:9/T0/secret-token' },
  ...overrides,
});
