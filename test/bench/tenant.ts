import { randomUUID } from 'node:crypto';
import { devToken } from '../../tools/seed/seed.js';
import type { Stack } from '../../tools/supervisor/stack.js';
import type { LoadCommand } from './load.js';

export interface BenchWebhook {
  url: string;
  concurrency: number | null;
}

/** An organization of one measurement's own. */
export class Tenant {
  private constructor(
    private readonly stack: Stack,
    private readonly organizationId: string,
    private readonly token: string,
  ) {}

  static async create(stack: Stack): Promise<Tenant> {
    const organizationId = randomUUID();
    return new Tenant(stack, organizationId, await devToken(stack.gatewayUrl, { organizationId }));
  }

  /** Answers the project's id. */
  async project(): Promise<string> {
    return (await this.call<{ id: string }>('POST', '/projects', { name: 'Bench' })).id;
  }

  /** Answers the integration's id. */
  async webhook({ url, concurrency }: BenchWebhook, projectId: string | null = null): Promise<string> {
    const body = { provider: 'webhook', name: 'Bench', projectId, concurrency, credentials: { url } };
    return (await this.call<{ id: string }>('POST', '/integrations', body)).id;
  }

  /** Load that makes releases in each of these projects in turn. */
  target(projectIds: string[]): LoadCommand['target'] {
    return {
      origin: `http://127.0.0.1:${this.stack.ports.gateway}`,
      paths: projectIds.map((id) => `/api/v1/projects/${id}/releases`),
      token: this.token,
      brokers: this.stack.brokers,
      organizationId: this.organizationId,
      projectId: projectIds[0] ?? '',
    };
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.stack.gatewayUrl}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}
