import { Injectable } from '@nestjs/common';
import {
  INTEGRATION_STATE,
  STATE_COMPLETE_KEY,
  parseEvent,
  type IntegrationState,
  type RawRecord,
} from '#libs/contracts';

/** A listener is told of every change that was applied; `next` is undefined where the integration was deleted. */
export type IntegrationListener = (
  id: string,
  next: IntegrationState | undefined,
  before: IntegrationState | undefined,
) => void;

const MOST_MISSING = 10_000;

interface Waiter {
  minVersion: number;
  resolve: () => void;
}

/**
 * Every integration as `integration.state` says, in memory: routing and sending ask nobody else,
 * so deliveries go on while the service that owns the integrations is down.
 */
@Injectable()
export class KnownIntegrations {
  private readonly byId = new Map<string, IntegrationState>();
  private readonly byOrganization = new Map<string, Map<string, IntegrationState>>();
  private readonly deleted = new Set<string>();
  /** Integrations that were waited for in vain: of the many deliveries of one that wait in the ledger, only the first waits. */
  private readonly missing = new Set<string>();
  /** While a topic that was created again is read: the ids that it holds so far. */
  private readAgainIds: Set<string> | undefined;
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly listeners: IntegrationListener[] = [];

  get(id: string): IntegrationState | undefined {
    return this.byId.get(id);
  }

  ofOrganization(organizationId: string): Iterable<IntegrationState> {
    return this.byOrganization.get(organizationId)?.values() ?? [];
  }

  all(): Iterable<IntegrationState> {
    return this.byId.values();
  }

  onChange(listener: IntegrationListener): void {
    this.listeners.push(listener);
  }

  /** Takes in one record of `integration.state`. @throws UnreadableEvent */
  apply(record: RawRecord & { key: string | null }): void {
    const id = record.key ?? '';
    if (id === STATE_COMPLETE_KEY) return; // the topic's, and no integration's
    const before = this.byId.get(id);
    if (record.value === null) return this.remove(id, before);
    const state = parseEvent(INTEGRATION_STATE, record);
    const firstAgain = this.readAgainIds !== undefined && !this.readAgainIds.has(id);
    this.readAgainIds?.add(id);
    if (before && !firstAgain && before.version >= state.version) return;
    this.byId.set(state.id, state);
    this.deleted.delete(state.id);
    this.missing.delete(state.id);
    this.organization(state.organizationId).set(state.id, state);
    this.changed(state.id, state, before);
  }

  /**
   * The topic was created again. Its owner may have been restored to an earlier time besides: the first state that it
   * holds of an integration counts, whatever its version. Until it has been read, what is known stays in use.
   */
  readAgain(): void {
    this.readAgainIds = new Set();
  }

  /** It has been read whole: integrations that it does not hold are gone. */
  readWhole(): void {
    const held = this.readAgainIds;
    this.readAgainIds = undefined;
    if (held === undefined) return;
    for (const [id, before] of this.byId) if (!held.has(id)) this.remove(id, before);
  }

  /**
   * The integration once its state is at least of this version; undefined where it was deleted,
   * or where nothing is known of it within the time. An older state than asked for is better than none.
   */
  async waitFor(id: string, minVersion: number, withinMs: number): Promise<IntegrationState | undefined> {
    if (this.settled(id, minVersion) || (minVersion === 0 && this.missing.has(id))) return this.byId.get(id);
    const waiters = this.waiters.get(id) ?? new Set<Waiter>();
    this.waiters.set(id, waiters);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => done(), withinMs);
      const waiter: Waiter = { minVersion, resolve: () => done() };
      const done = (): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
        if (waiters.size === 0) this.waiters.delete(id);
        resolve();
      };
      waiters.add(waiter);
    });
    const state = this.byId.get(id);
    if (!state) this.remember(id);
    return state;
  }

  /** Whether a wait for this version would end at once. */
  settled(id: string, minVersion: number): boolean {
    return this.deleted.has(id) || (this.byId.get(id)?.version ?? -1) >= minVersion;
  }

  private remember(missing: string): void {
    if (this.missing.size >= MOST_MISSING) this.missing.clear();
    this.missing.add(missing);
  }

  private remove(id: string, before: IntegrationState | undefined): void {
    this.deleted.add(id);
    this.byId.delete(id);
    if (before) {
      const siblings = this.organization(before.organizationId);
      siblings.delete(id);
      if (siblings.size === 0) this.byOrganization.delete(before.organizationId);
    }
    this.changed(id, undefined, before);
  }

  private organization(id: string): Map<string, IntegrationState> {
    let integrations = this.byOrganization.get(id);
    if (!integrations) this.byOrganization.set(id, (integrations = new Map()));
    return integrations;
  }

  private changed(id: string, next: IntegrationState | undefined, before: IntegrationState | undefined): void {
    for (const waiter of this.waiters.get(id) ?? []) if (this.settled(id, waiter.minVersion)) waiter.resolve();
    for (const listener of this.listeners) listener(id, next, before);
  }
}
