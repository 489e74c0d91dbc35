import { randomUUID } from 'node:crypto';
import { devToken } from '../../../tools/seed/seed.js';
import type { StackCoordinates } from '../../support/stack.setup.js';

/** The running system of this test run. */
export const stack = (): StackCoordinates => JSON.parse(process.env['TEST_STACK']!) as StackCoordinates;

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Project {
  id: string;
  name: string;
}

export interface Release {
  id: string;
  projectId: string;
  version: string;
  environment: string;
  rolloutPercentage: number;
  revision: number;
  promotedFromId: string | null;
}

export interface Integration {
  id: string;
  name: string;
  enabled: boolean;
  destination: string;
  health: string | null;
  counts: Record<'pending' | 'retrying' | 'dead' | 'held', number> | null;
  lastDelivery: { id: string; status: string; at: string } | null;
  signingSecret?: string;
}

export interface Attempt {
  number: number;
  round: number;
  startedAt: string;
  durationMs: number;
  outcome: string;
  statusCode: number | null;
  errorCode: string | null;
  error: string | null;
  responseBody: string | null;
}

export interface Delivery {
  id: string;
  eventId: string;
  integrationId: string;
  releaseId: string;
  version: string;
  status: string;
  round: number;
  attemptCount: number;
  test: boolean;
  lastErrorCode: string | null;
  lastError: string | null;
  attempts?: Attempt[];
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The admin API as one person of one organization uses it. */
export class Api {
  private constructor(
    readonly token: string,
    readonly organizationId: string,
  ) {}

  /** An organization of its own for each test: nobody else's data is in the way. */
  static async signIn(
    role: 'owner' | 'admin' | 'developer' | 'viewer' = 'owner',
    organizationId: string = randomUUID(),
  ): Promise<Api> {
    return new Api(await devToken(stack().gatewayUrl, { role, organizationId }), organizationId);
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${stack().gatewayUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }

  /** @throws where it is not answered with a success */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  project(name = 'NitroPush iOS'): Promise<Project> {
    return this.must('POST', '/projects', { name });
  }

  webhook(url: string, more: Record<string, unknown> = {}): Promise<Integration> {
    return this.must('POST', '/integrations', {
      provider: 'webhook',
      name: 'A webhook',
      projectId: null,
      credentials: { url },
      ...more,
    });
  }

  integration(id: string): Promise<Integration> {
    return this.must('GET', `/integrations/${id}`);
  }

  release(projectId: string, version: string, more: Record<string, unknown> = {}): Promise<Release> {
    return this.must('POST', `/projects/${projectId}/releases`, { environment: 'prod', version, ...more });
  }

  async deliveries(query: Record<string, string> = {}): Promise<Delivery[]> {
    return (
      await this.must<Page<Delivery>>(
        'GET',
        `/deliveries?${new URLSearchParams({ limit: '100', ...query }).toString()}`,
      )
    ).items;
  }

  delivery(id: string): Promise<Delivery & { attempts: Attempt[]; event: Record<string, unknown> }> {
    return this.must('GET', `/deliveries/${id}`);
  }
}
