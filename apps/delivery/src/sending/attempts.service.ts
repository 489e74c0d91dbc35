import { setTimeout as after } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import type { IntegrationState } from '#libs/contracts';
import { NoLongerOwned } from '#libs/kafka';
import { Counter, Histogram, describeError, type Logger, type Registry } from '#libs/observability';
import { declarationOf } from '#libs/providers';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE } from '../ledger/delivery.entity.js';
import type { Ledger } from '../ledger/ledger.service.js';
import { failedAttempt } from '../providers/outcome.js';
import type { AttemptOutcome, AttemptRequest, Holds, ProviderAdapter, PutOff } from '../providers/provider.js';
import type { RetryLadder } from '../retries/retry-ladder.js';
import { roundBeganAt, type Delivery } from './delivery.js';
import type { DestinationHealth } from './destination-health.service.js';
import { attemptRecord } from './attempt-record.js';
import {
  attemptedEnding,
  droppedEnding,
  heldEnding,
  parkedEntry,
  pendingEntry,
  putOffEnding,
  unreachableEnding,
  type Ending,
} from './ending.js';
import type { FollowUp } from './follow-up.service.js';
import { nextStep } from './next-step.js';
import { OWN_FAULT, UNOPENABLE, describeWithoutMessage } from './own-fault.js';
import type { OpenCredentials } from './open-credentials.service.js';

/** A record may overtake the state of its integration; this is how long it waits for it. */
const UNKNOWN_FOR_MS = 5_000;
/** An attempt that takes longer shows as pending meanwhile. */
const SLOW_MS = 300;
/** How often a delivery that waits for its destination's pace looks whether anything else has changed. */
const GATE_LOOK_MS = 250;
/**
 * Posts made but not yet in the ledger: a crash could repeat so many, and those in flight. It is room for one statement
 * that is being written and as much for the next, each larger than what comes in the time of one at full speed: the
 * ledger never waits for posts.
 */
const MAX_UNRECORDED = 512;

export interface AttemptsDependencies {
  integrations: KnownIntegrations;
  credentials: OpenCredentials;
  providers: ReadonlyMap<string, ProviderAdapter>;
  health: DestinationHealth;
  ledger: Ledger;
  followUp: FollowUp;
  ladder: RetryLadder;
  /** Epoch ms, by the clock that all delivery processes go by. */
  now: () => number;
  logger: Logger;
  registry: Registry;
  /** Told when a delivery went back to wait in the ledger. */
  onRequeued: (integrationId: string) => void;
}

/** Told once, when a delivery is recorded and its next step is on its topic, or when that failed. */
export interface Settled {
  done: () => void;
  failed: (error: unknown) => void;
}

/** Makes one attempt: may it be made at all, the post, what the answer means. */
export class Attempts {
  private readonly stopping = new AbortController();
  private begun = 0;
  /** Providers of a newer version, of which a line was logged. */
  private readonly unknown = new Set<string>();
  private readonly counter: Counter<'provider' | 'outcome' | 'error_code'>;
  private readonly durations: Histogram<'provider'>;

  constructor(private readonly on: AttemptsDependencies) {
    const registers = [on.registry];
    this.counter = new Counter({
      name: 'delivery_attempts_total',
      help: 'Attempts by how they ended',
      labelNames: ['provider', 'outcome', 'error_code'],
      registers,
    });
    this.durations = new Histogram({
      name: 'delivery_attempt_duration_seconds',
      help: 'Time from the request to the end of the answer',
      labelNames: ['provider'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
  }

  /** Attempts that have begun here and are not on record yet. */
  get unsettled(): number {
    return this.begun;
  }

  /** Resolves when the next delivery of the destination may begin; `done` or `failed` when this one is settled. */
  async run(delivery: Delivery, settled: Settled): Promise<void> {
    this.begun += 1;
    const done = (): void => {
      this.begun -= 1;
      settled.done();
    };
    const failed = (error: unknown): void => {
      this.begun -= 1;
      settled.failed(error);
    };
    try {
      if (!delivery.owned()) return failed(new NoLongerOwned());
      const ending = await this.endingOf(delivery);
      if (ending === 'left') return done();
      void this.settle(delivery, ending, { done, failed }); // not awaited: the next post does not wait for this one's records
    } catch (error) {
      failed(error);
    }
  }

  private async settle(delivery: Delivery, ending: Ending, { done, failed }: Settled): Promise<void> {
    try {
      await this.on.followUp.finish(delivery, ending);
      if (ending.entry.queue !== null) this.on.onRequeued(delivery.request.integrationId);
      done();
    } catch (error) {
      failed(error);
    }
  }

  /** Cuts what is still in flight; its next owner makes the attempt again. */
  stop(): void {
    this.stopping.abort(new NoLongerOwned());
  }

  /** `left`: it waits in the ledger, for its integration to be enabled or for a newer version, and goes on waiting there. */
  private async endingOf(delivery: Delivery): Promise<Ending | 'left'> {
    const { request } = delivery;
    let shown = false;
    for (;;) {
      const { integrationId, integrationVersion } = request;
      const state = await this.on.integrations.waitFor(integrationId, integrationVersion, UNKNOWN_FOR_MS);
      if (!state) return droppedEnding(delivery);
      if (!state.enabled && !request.test)
        return delivery.queue === QUEUE.redelivery ? 'left' : heldEnding(delivery, state);
      if (!declarationOf(state.provider)) return this.leaveToNewer(delivery, state);
      if (this.on.health.needsReconnect(state.id) && !request.test) return unreachableEnding(delivery, state);
      await this.on.ledger.uncommittedBelow(MAX_UNRECORDED);
      if (await this.passesGate(delivery, state)) return this.attempt(delivery, state);
      if (!shown) await this.showPending(delivery, state);
      shown = true;
    }
  }

  /** A newer version has connected it: it waits, in order, for an instance that knows the provider. */
  private async leaveToNewer(delivery: Delivery, { provider }: IntegrationState): Promise<'left'> {
    if (!this.unknown.has(provider)) this.on.logger.warn({ provider }, 'provider.not-known');
    this.unknown.add(provider);
    if (delivery.queue === null) await this.on.ledger.record(parkedEntry(delivery));
    return 'left';
  }

  /** True at once where the destination's gate is open. Else false after a while: by then the integration may have changed. */
  private async passesGate(delivery: Delivery, state: IntegrationState): Promise<boolean> {
    const provider = this.on.providers.get(state.provider);
    const gate = provider?.gate?.(state);
    const held = !delivery.request.test && provider?.holds?.any(performance.now()) === true;
    const waitMs = held ? await this.heldMs(provider.holds!, state) : (gate?.waitMs(performance.now()) ?? 0);
    if (waitMs <= 0) {
      gate?.take(performance.now());
      return true;
    }
    await wait(Math.min(waitMs, GATE_LOOK_MS));
    if (!delivery.owned()) throw new NoLongerOwned();
    return false;
  }

  /** A test of a webhook does not wait: its sender wants to see what the receiver answers. */
  private async heldMs(holds: Holds, state: IntegrationState): Promise<number> {
    const opened = await this.on.credentials.of(state, Date.now()).catch(() => undefined); // it is said once it is attempted
    return opened ? holds.waitMs(opened.credentials, performance.now()) : 0;
  }

  private async attempt(delivery: Delivery, state: IntegrationState): Promise<Ending> {
    const { request } = delivery;
    const startedAt = new Date(this.on.now());
    const began = performance.now();
    const slow = after(() => void this.showPending(delivery, state), SLOW_MS);
    const outcome = await this.post(delivery, state).finally(() => clearTimeout(slow));
    if (outcome.kind === 'put_off') return putOffEnding(delivery, state, outcome);
    const durationMs = Math.round(performance.now() - began);
    const lateMs = delivery.dueAt === undefined ? 0 : startedAt.getTime() - delivery.dueAt;
    const endedAt = new Date(this.on.now());
    const next = nextStep({ outcome, attempt: request.attempt, test: request.test, endedAt, lateMs }, this.on.ladder);
    const currentCredentialsVersion =
      this.on.integrations.get(state.id)?.credentialsVersion ?? state.credentialsVersion;
    const stale = currentCredentialsVersion !== state.credentialsVersion;
    const health = stale
      ? null
      : this.on.health.after(state.id, {
          deliveryId: request.deliveryId,
          test: request.test,
          outcome,
          lastOfRound: next.kind === 'dead',
          onlyPermanent: delivery.onlyPermanent,
          roundBeganAt: roundBeganAt(delivery, startedAt),
          endedAt: endedAt.getTime(),
        });
    const attempt = { startedAt, durationMs, ...attemptRecord(outcome, this.on.ladder) };
    this.observe(delivery, state, { outcome, durationMs, next: next.kind });
    return attemptedEnding(delivery, {
      attempt,
      next,
      health,
      credentialsVersion: state.credentialsVersion,
      currentCredentialsVersion,
    });
  }

  /** Whatever fails while an attempt is made is its outcome: a delivery never disappears with it. @throws NoLongerOwned when the service stops */
  private async post(delivery: Delivery, state: IntegrationState): Promise<AttemptOutcome | PutOff> {
    try {
      return await this.called(delivery, state);
    } catch (error) {
      this.stopping.signal.throwIfAborted();
      const { deliveryId, attempt } = delivery.request;
      const fault = { deliveryId, attempt, integrationId: state.id, error: describeWithoutMessage(error) };
      this.on.logger.error(fault, 'attempt.failed');
      return OWN_FAULT;
    }
  }

  private async called(delivery: Delivery, state: IntegrationState): Promise<AttemptOutcome | PutOff> {
    const { deliveryId, round, attempt, test, event } = delivery.request;
    const provider = this.on.providers.get(state.provider);
    if (!provider) throw new Error(`no adapter for provider ${state.provider}`);
    const opened = await this.on.credentials.of(state, Date.now()).catch((error: unknown) => {
      this.on.logger.error({ integrationId: state.id, error: describeError(error) }, 'credentials.not-opened');
      return undefined;
    });
    if (!opened) return UNOPENABLE;
    const attempted: AttemptRequest = {
      deliveryId,
      round,
      attempt,
      test,
      event,
      state,
      ...opened,
      traceparent: delivery.traceparent,
      signal: this.stopping.signal,
    };
    const putOff = provider.admit ? await provider.admit(attempted) : null;
    if (putOff === null) return provider.attempt(attempted);
    return test ? failedAttempt('rate_limited', { error: putOff.error }) : putOff;
  }

  private async showPending(delivery: Delivery, state: IntegrationState): Promise<void> {
    if (delivery.queue !== null) return; // it shows as pending already
    await this.on.ledger.record(pendingEntry(delivery, state)).catch((error: unknown) => {
      this.on.logger.warn(
        { deliveryId: delivery.request.deliveryId, error: describeError(error) },
        'delivery.not-shown-as-pending',
      );
    });
  }

  private observe(
    { request }: Delivery,
    state: IntegrationState,
    { outcome, durationMs, next }: { outcome: AttemptOutcome; durationMs: number; next: string },
  ): void {
    const errorCode = outcome.kind === 'failed' ? outcome.code : undefined;
    this.counter.inc({ provider: state.provider, outcome: outcome.kind, error_code: errorCode ?? '' });
    this.durations.observe({ provider: state.provider }, durationMs / 1000);
    const { deliveryId, integrationId, round, attempt, test, event } = request;
    const { organizationId, project } = event.data;
    this.on.logger.info(
      {
        deliveryId,
        integrationId,
        organizationId,
        projectId: project.id,
        provider: state.provider,
        type: event.type,
        test,
        round,
        attempt,
        outcome: outcome.kind,
        next,
        statusCode: outcome.statusCode,
        errorCode,
        durationMs,
      },
      'delivery.attempted',
    );
  }
}
