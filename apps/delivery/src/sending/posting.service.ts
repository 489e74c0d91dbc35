import { setTimeout as after } from 'node:timers';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { NoLongerOwned } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import { OpenCredentials } from '../credentials/open-credentials.service.js';
import { failedAttempt } from '../providers/outcome.js';
import type { AttemptOutcome, ProviderAdapter, PutOff } from '../providers/provider.js';
import { PROVIDERS } from '../providers/providers.module.js';
import type { Delivery } from './delivery.js';
import { OWN_FAULT, UNOPENABLE, describeWithoutMessage } from './own-fault.js';
import { PendingEntries } from './pending-entries.service.js';

/** An attempt that takes longer shows as pending meanwhile. */
const SLOW_MS = 300;

/** What came of a post, and when. */
export interface Posted {
  outcome: AttemptOutcome | PutOff;
  /** By the clock that all delivery processes go by. */
  startedAt: Date;
  endedAt: Date;
  durationMs: number;
}

/** Makes the call of one attempt. */
@Injectable()
export class Posting implements OnApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(PROVIDERS) private readonly providers: ReadonlyMap<string, ProviderAdapter>,
    @Inject(OpenCredentials) private readonly credentials: Pick<OpenCredentials, 'of'>,
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
    private readonly pending: PendingEntries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws NoLongerOwned when the service stops */
  async post(delivery: Delivery, state: IntegrationState): Promise<Posted> {
    const startedAt = new Date(this.clock.now());
    const began = performance.now();
    const slow = after(() => void this.pending.show(delivery, state), SLOW_MS);
    try {
      const outcome = await this.outcomeOf(delivery, state);
      const durationMs = Math.round(performance.now() - began);
      return { outcome, startedAt, endedAt: new Date(this.clock.now()), durationMs };
    } finally {
      clearTimeout(slow);
    }
  }

  /** Cuts what is still in flight; its next owner makes the attempt again. */
  onApplicationShutdown(): void {
    this.stopping.abort(new NoLongerOwned());
  }

  /** Whatever fails while an attempt is made is its outcome: a delivery never disappears with it. */
  private async outcomeOf(delivery: Delivery, state: IntegrationState): Promise<AttemptOutcome | PutOff> {
    try {
      return await this.call(delivery, state);
    } catch (error) {
      this.stopping.signal.throwIfAborted();
      const { deliveryId, attempt } = delivery.request;
      const fault = { deliveryId, attempt, integrationId: state.id, error: describeWithoutMessage(error) };
      this.logger.error(fault, 'attempt.failed');
      return OWN_FAULT;
    }
  }

  private async call({ request, traceparent }: Delivery, state: IntegrationState): Promise<AttemptOutcome | PutOff> {
    const { deliveryId, round, attempt, test, event } = request;
    const provider = this.providers.get(state.provider);
    if (!provider) throw new Error(`no adapter for provider ${state.provider}`);
    const opened = await this.credentials.of(state, Date.now()).catch((error: unknown) => {
      this.logger.error({ integrationId: state.id, error: describeError(error) }, 'credentials.not-opened');
      return undefined;
    });
    if (!opened) return UNOPENABLE;
    const { signal } = this.stopping;
    const attempted = { deliveryId, round, attempt, test, event, state, ...opened, traceparent, signal };
    const putOff = provider.admit ? await provider.admit(attempted) : null;
    if (putOff === null) return provider.attempt(attempted);
    return test ? failedAttempt('rate_limited', { error: putOff.error }) : putOff;
  }
}
