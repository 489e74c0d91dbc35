import { setTimeout as wait } from 'node:timers/promises';
import type { Environment } from '#libs/contracts';
import type { Client } from './client.js';
import type { Call } from './evidence.js';
import type { Journal } from './journal.js';
import { CHANGES, type Organization } from './organization.js';
import type { Random } from './random.js';

export interface LoadOptions {
  client: Client;
  organization: Organization;
  journal: Journal;
  random: Random;
  /** Calls that change releases. */
  perSecond: number;
  /** Between changes of the integrations; none where it is missing. */
  changeEveryMs?: number;
}

/** A release that was answered with a success. */
interface Known {
  id: string;
  projectId: string;
  version: string;
  environment: Environment;
}

const NEXT: Partial<Record<Environment, Environment>> = { test: 'stage', stage: 'prod' };
/** Calls that nobody answers do not pile up without end. */
const MOST_IN_FLIGHT = 200;

/** Creates, promotes and rolls out at a steady pace, whatever becomes of each call; each is tried once. */
export class Load {
  readonly calls: Call[] = [];
  private readonly known: Known[] = [];
  private readonly promotable: Known[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private stopped = false;
  private running: Promise<unknown> | undefined;

  constructor(private readonly options: LoadOptions) {}

  start(): void {
    this.running = Promise.all([this.call(), this.change()]);
  }

  /** Resolves when the last call has its answer. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await Promise.all(this.inFlight);
  }

  private async call(): Promise<void> {
    const { perSecond } = this.options;
    const began = performance.now();
    for (let tick = 0; !this.stopped; tick += 1) {
      const early = began + (tick * 1000) / perSecond - performance.now();
      if (early > 0) await wait(early); // the pace of the load
      if (this.inFlight.size >= MOST_IN_FLIGHT) continue;
      const call = this.next();
      this.inFlight.add(call);
      void call.finally(() => this.inFlight.delete(call));
    }
  }

  private async change(): Promise<void> {
    const { random, organization, changeEveryMs } = this.options;
    if (changeEveryMs === undefined) return;
    while (!this.stopped) {
      await wait(random.between(changeEveryMs / 2, changeEveryMs * 1.5)); // the pace of the changes
      if (!this.stopped) await organization.change(random.oneOf(CHANGES));
    }
  }

  private next(): Promise<void> {
    const { random, organization } = this.options;
    const chance = random.next();
    const known = this.known.length > 0 ? random.oneOf(this.known) : undefined;
    if (chance < 0.25 && known) return this.rollout(known, random.between(1, 99));
    const promoted = chance < 0.45 ? this.promotable.shift() : undefined;
    if (promoted) return this.promote(promoted);
    const environment = random.oneOf(['test', 'test', 'stage', 'prod'] as const);
    return this.create(random.oneOf(organization.projectIds), environment);
  }

  private create(projectId: string, environment: Environment): Promise<void> {
    const version = `1.${this.calls.length}.0`;
    return this.send({ kind: 'create', projectId, version, environment }, 'POST', `/projects/${projectId}/releases`, {
      environment,
      version,
    });
  }

  private promote({ id, projectId, version, environment }: Known): Promise<void> {
    const call = { kind: 'promote' as const, projectId, version, environment: NEXT[environment]! };
    return this.send(call, 'POST', `/releases/${id}/promote`, {});
  }

  private rollout({ id, projectId, version, environment }: Known, rolloutPercentage: number): Promise<void> {
    const call = { kind: 'rollout' as const, projectId, version, environment };
    return this.send(call, 'PATCH', `/releases/${id}/rollout`, { rolloutPercentage });
  }

  private async send(
    what: Pick<Call, 'kind' | 'projectId' | 'version' | 'environment'>,
    method: 'POST' | 'PATCH',
    path: string,
    body: object,
  ): Promise<void> {
    const { journal, client } = this.options;
    const call: Call = { number: this.calls.length, ...what, startedAt: Date.now() };
    this.calls.push(call);
    journal.write('call', call);
    const { status, body: answer, fault } = await client.call(method, path, body);
    const release = status !== undefined && status < 300 ? (answer as { id: string; revision: number }) : undefined;
    const facts = { status, fault, release: release && { id: release.id, revision: release.revision } };
    journal.write('answer', { number: call.number, ...facts, problem: release ? undefined : answer });
    Object.assign(call, { status, release: facts.release, endedAt: Date.now() });
    if (release && call.kind !== 'rollout') this.remember({ ...what, id: release.id });
  }

  private remember(known: Known): void {
    this.known.push(known);
    if (NEXT[known.environment]) this.promotable.push(known);
  }
}
