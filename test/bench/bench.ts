import { setTimeout as wait } from 'node:timers/promises';
import { family } from '../../tools/stack/family.js';
import type { Stack } from '../../tools/supervisor/stack.js';
import { Child } from './child.js';
import type { LoadCommand } from './load.js';
import { Tenant } from './tenant.js';
import { cpuOf, pssMb, type Usage } from './usage.js';

const WITHIN_MS = 120_000;
/** What was delivered before is written down, and connections that were needed are idle. */
const SETTLED_MS = 5_000;

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
      target: { ...(await Tenant.create(this.stack)).target([]), origin: this.receiverUrl, paths: ['/'] },
    } satisfies LoadCommand);
    const { firstAt, lastAt } = await this.receiver.hears<{ firstAt: number; lastAt: number }>('done', WITHIN_MS);
    await this.load.hears('sent', WITHIN_MS);
    return (count * 1000) / (lastAt - firstAt);
  }

  /** All at once, until everything is delivered. */
  async throughput(way: 'topic' | 'api', events: number, webhooks: (number | null)[]): Promise<Throughput> {
    const target = await this.fanOut(webhooks);
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
    const count = perSecond * seconds;
    return this.measured({ way, count, perSecond, inFlight: 32, target: await this.fanOut([null]) }, count);
  }

  /** As many projects as webhooks, one each, of which some never answer: what the others are given meanwhile. */
  async isolation(webhooks: number, hanging: number, perSecond: number, seconds: number): Promise<LatencyMs> {
    const tenant = await Tenant.create(this.stack);
    const projectIds: string[] = [];
    for (let n = 0; n < webhooks; n += 1) {
      const projectId = await tenant.project();
      await tenant.webhook(
        { url: `${this.receiverUrl}${n < hanging ? '/hang' : '/hook'}`, concurrency: 32 },
        projectId,
      );
      projectIds.push(projectId);
    }
    const rounds = Math.ceil((perSecond * seconds) / webhooks);
    const command = { way: 'api', count: rounds * webhooks, perSecond, inFlight: 64 } as const;
    return this.measured({ ...command, target: tenant.target(projectIds) }, rounds * (webhooks - hanging));
  }

  /** CPU ms a second while nothing is asked of it, by process. */
  async atRest(seconds: number): Promise<Usage> {
    await wait(SETTLED_MS);
    const before = this.usage();
    await wait(seconds * 1000);
    return Object.fromEntries(Object.entries(this.usage()).map(([name, ms]) => [name, (ms - before[name]!) / seconds]));
  }

  /** Of our own processes, without the stores. */
  memoryMb(): number {
    const own = Object.entries(this.stack.pids()).filter(([name]) => !['postgres', 'kafka', 'sandbox'].includes(name));
    return own.reduce((sum, [, pid]) => sum + pssMb(pid), 0);
  }

  private async measured(command: LoadCommand, deliveries: number): Promise<LatencyMs> {
    await this.expect(deliveries);
    const before = this.usage();
    this.load.tell(command);
    await this.load.hears('sent', WITHIN_MS);
    await this.receiver.hears('done', WITHIN_MS);
    const cpu = await this.usageSince(before, deliveries);
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

  /** Creates one project and, for each of these concurrencies, a webhook that receives its releases. */
  private async fanOut(webhooks: (number | null)[]): Promise<LoadCommand['target']> {
    const tenant = await Tenant.create(this.stack);
    const projectId = await tenant.project();
    for (const concurrency of webhooks) await tenant.webhook({ url: `${this.receiverUrl}/hook`, concurrency });
    return tenant.target([projectId]);
  }
}
