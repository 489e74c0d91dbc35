import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { devToken } from '../../tools/seed/seed.js';
import { family } from '../../tools/stack/family.js';
import type { Stack } from '../../tools/supervisor/stack.js';
import { Child } from './child.js';
import type { LoadCommand } from './load.js';
import { cpuOf, type Usage } from './usage.js';

const WITHIN_MS = 120_000;

export interface Throughput {
  perSecond: number;
  /** CPU ms a delivery, by process. */
  cpu: Usage;
}

export interface LatencyMs {
  p50: number;
  p95: number;
  p99: number;
  /** CPU ms a delivery, by process. */
  cpu: Usage;
}

/** The running system with a receiver and a load beside it, each in a process of its own. */
export class Bench {
  private readonly receiver = new Child('receiver');
  private readonly load = new Child('load');
  private receiverUrl = '';

  constructor(private readonly stack: Stack) {}

  async open(): Promise<void> {
    const { port } = await this.receiver.hears<{ port: number }>('listening', WITHIN_MS);
    this.receiverUrl = `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.receiver.stop();
    this.load.stop();
  }

  /** Posts straight to the receiver: what load and receiver can do without us. */
  async raw(count: number, inFlight = 32): Promise<number> {
    await this.expect(count);
    this.load.tell({
      way: 'raw',
      count,
      inFlight,
      target: { ...(await this.organization([])), origin: this.receiverUrl, path: '/' },
    } satisfies LoadCommand);
    const { firstAt, lastAt } = await this.receiver.hears<{ firstAt: number; lastAt: number }>('done', WITHIN_MS);
    await this.load.hears('sent', WITHIN_MS);
    return (count * 1000) / (lastAt - firstAt);
  }

  /** All at once, until everything is delivered. */
  async throughput(way: 'topic' | 'api', events: number, webhooks: (number | null)[]): Promise<Throughput> {
    const target = await this.organization(webhooks);
    const deliveries = events * webhooks.length;
    await this.expect(deliveries);
    const before = this.usage();
    this.load.tell({ way, count: events, inFlight: 32, target } satisfies LoadCommand);
    const { startedAt } = await this.load.hears<{ startedAt: number }>('sent', WITHIN_MS);
    const { lastAt } = await this.receiver.hears<{ lastAt: number }>('done', WITHIN_MS);
    const cpu = await this.usageSince(before, deliveries);
    return { perSecond: (deliveries * 1000) / (lastAt - startedAt), cpu };
  }

  /** From the call, or from the publish, to the arrival at the receiver. */
  async latency(way: 'topic' | 'api', perSecond: number, seconds: number): Promise<LatencyMs> {
    const target = await this.organization([null]);
    const count = perSecond * seconds;
    await this.expect(count);
    const before = this.usage();
    this.load.tell({ way, count, perSecond, inFlight: 32, target } satisfies LoadCommand);
    await this.load.hears('sent', WITHIN_MS);
    await this.receiver.hears('done', WITHIN_MS);
    const cpu = await this.usageSince(before, count);
    this.receiver.tell({ kind: 'latencies' });
    const { values } = await this.receiver.hears<{ values: number[] }>('latencies', WITHIN_MS);
    const sorted = values.toSorted((a, b) => a - b);
    const at = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), cpu };
  }

  private async expect(count: number): Promise<void> {
    this.receiver.tell({ kind: 'expect', count });
    await this.receiver.hears('expecting', WITHIN_MS);
  }

  private async usageSince(before: Usage, deliveries: number): Promise<Usage> {
    await wait(500); // the ledger's last batch is part of the work
    const after = Object.entries(this.usage());
    return Object.fromEntries(after.map(([name, ms]) => [name, (ms - before[name]!) / deliveries]));
  }

  private usage(): Usage {
    const pids = Object.entries(this.stack.pids()).map(
      ([name, pid]) => [name, name === 'postgres' ? family(pid) : [pid]] as const,
    );
    return cpuOf(Object.fromEntries(pids));
  }

  /** One of its own, with a project and so many webhooks of these concurrencies. */
  private async organization(webhooks: (number | null)[]): Promise<LoadCommand['target']> {
    const organizationId = randomUUID();
    const token = await devToken(this.stack.gatewayUrl, { organizationId });
    const post = async <T>(path: string, body: unknown): Promise<T> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(`${this.stack.gatewayUrl}/api/v1${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as T;
    };
    const { id: projectId } = await post<{ id: string }>('/projects', { name: 'Bench' });
    for (const concurrency of webhooks) {
      await post('/integrations', {
        provider: 'webhook',
        name: 'Bench',
        projectId: null,
        concurrency,
        credentials: { url: `${this.receiverUrl}/hook` },
      });
    }
    return {
      origin: `http://127.0.0.1:${this.stack.ports.gateway}`,
      path: `/api/v1/projects/${projectId}/releases`,
      token,
      brokers: this.stack.brokers,
      organizationId,
      projectId,
    };
  }
}
