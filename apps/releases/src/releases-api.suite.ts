import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Role } from '#libs/auth';
import { loadSettings } from '#libs/config';
import { uuidv7 } from '#libs/contracts';
import { createService } from '#libs/http';
import { createLogger, createRegistry } from '#libs/observability';
import { sharedStateTopic } from '#libs/outbox';
import { callApi, type Answer } from '../../../test/support/call-api.js';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase } from '../../../test/support/test-database.js';
import { startTestIdentity } from '../../../test/support/test-identity.js';
import { AppModule } from './app.module.js';
import type { Project } from './projects/project.dto.js';
import { ReleasesSettings } from './releases.config.js';
import type { Release } from './releases/release.dto.js';

export interface CallInit {
  /** Sent as it is where it is a text. */
  body?: unknown;
  role?: Role;
  /** The user's name, as the token says it. */
  name?: string;
  headers?: Record<string, string>;
}

/** The service as it runs, on a database of its own and the test run's Kafka. */
export class ReleasesApi {
  /** Lines that it has logged. */
  readonly log: Record<string, unknown>[] = [];
  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    private readonly sign: (claims: Record<string, unknown>) => Promise<string>,
    readonly close: () => Promise<void>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<ReleasesApi> {
    const [database, identity] = await Promise.all([createTestDatabase('releases'), startTestIdentity()]);
    const log: Record<string, unknown>[] = [];
    const settings = loadSettings(ReleasesSettings, {
      PORT: '1',
      DATABASE_URL: database.url,
      KAFKA_BROKERS: process.env['TEST_KAFKA_BROKERS'],
      AUTH_JWKS_URL: identity.jwksUrl,
      ADMIN_BASE_URL: 'https://admin.example.com',
      ...env,
    });
    const app = await createService(
      { module: { module: class Alone {}, imports: [AppModule, sharedStateTopic] } },
      {
        name: 'releases',
        settings,
        logger: createLogger('releases', 'info', {
          write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>),
        }),
        registry: createRegistry('releases'),
      },
    );
    app.enableShutdownHooks();
    await app.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}`;
    const close = async (): Promise<void> => {
      await app.close();
      await identity.close();
      await database.drop();
    };
    const api = new ReleasesApi(url, app.get<DataSource>(getDataSourceToken()), identity.sign, close);
    Object.assign(api, { log });
    return api;
  }

  /** `as('acme').call('POST /projects', …)`: as owner unless a role is given. */
  as(organizationId: string): Organization {
    return new Organization(this, organizationId);
  }

  async call<T>(organizationId: string, request: string, init: CallInit): Promise<Answer<T>> {
    const { role = 'owner', name = 'Ada', ...call } = init;
    const token = await this.sign({ org: organizationId, role, name });
    return callApi<T>(this.url, { request, token, ...call });
  }
}

/** One tenant of the service. */
export class Organization {
  constructor(
    private readonly api: ReleasesApi,
    readonly id: string,
  ) {}

  call<T = Record<string, unknown>>(request: string, init: CallInit = {}): Promise<Answer<T>> {
    return this.api.call<T>(this.id, request, init);
  }

  /** The body of a call that has to succeed. */
  async must<T>(request: string, init: CallInit = {}): Promise<T> {
    const { status, body } = await this.call<T>(request, init);
    if (status >= 300) throw new Error(`${request} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  project(name = 'NitroPush iOS'): Promise<Project> {
    return this.must<Project>('POST /projects', { body: { name } });
  }

  release(projectId: string, overrides: Record<string, unknown> = {}, init: CallInit = {}): Promise<Release> {
    const body = { environment: 'test', version: '1.0.5', ...overrides };
    return this.must<Release>(`POST /projects/${projectId}/releases`, { ...init, body });
  }
}

export const newOrganization = (api: ReleasesApi): Organization => api.as(`org-${uuidv7()}`);

/** Resolves when all that was accepted is on its topics. */
export const outboxEmpty = ({ dataSource }: ReleasesApi): Promise<void> =>
  eventually(async () => {
    const rows = await dataSource.query<unknown[]>('SELECT 1 FROM outbox');
    if (rows.length > 0) throw new Error(`${rows.length} messages are left`);
  });

/** Which fields a problem document complains of. */
export const fieldsOf = ({ errors }: { errors?: { field: string }[] }): string =>
  [...new Set((errors ?? []).map(({ field }) => field))].join();
