import { Inject, Injectable } from '@nestjs/common';
import { isAlert, type Health, type IntegrationState } from '#libs/contracts';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import type { AttemptOutcome } from '../providers/provider.js';
import { RetryLadder } from '../retries/retry-ladder.js';
import { attemptRecord } from './attempt-record.js';
import { AttemptReport } from './attempt-report.service.js';
import { roundBeganAt, type Delivery } from './delivery.js';
import { DestinationHealth } from './destination-health.service.js';
import { attemptedEnding, putOffEnding, type Ending } from './ending.js';
import { nextStep, type NextStep } from './next-step.js';
import type { Posted } from './posting.service.js';

/** The meaning of an answer: for the delivery, for its destination's health, and for readers of the log. */
@Injectable()
export class Meaning {
  constructor(
    private readonly ladder: RetryLadder,
    @Inject(DestinationHealth) private readonly health: Pick<DestinationHealth, 'after'>,
    @Inject(KnownIntegrations) private readonly integrations: Pick<KnownIntegrations, 'get'>,
    private readonly report: AttemptReport,
  ) {}

  of(delivery: Delivery, state: IntegrationState, posted: Posted): Ending {
    const { outcome, startedAt, endedAt, durationMs } = posted;
    if (outcome.kind === 'put_off') return putOffEnding(delivery, state, outcome);
    const { attempt, test } = delivery.request;
    const lateMs = delivery.dueAt === undefined ? 0 : startedAt.getTime() - delivery.dueAt;
    const next = nextStep({ outcome, attempt, test, endedAt, lateMs }, this.ladder);
    const { credentialsVersion } = state;
    const currentCredentialsVersion = this.integrations.get(state.id)?.credentialsVersion ?? credentialsVersion;
    const stale = currentCredentialsVersion !== credentialsVersion; // it says nothing of the destination as it is now
    const health = stale ? null : this.healthAfter(delivery, posted, outcome, next);
    this.report.attempted(delivery, state, { outcome, durationMs, next: next.kind });
    return attemptedEnding(delivery, {
      attempt: { startedAt, durationMs, ...attemptRecord(outcome, this.ladder) },
      next,
      health,
      credentialsVersion,
      currentCredentialsVersion,
    });
  }

  private healthAfter(
    delivery: Delivery,
    { startedAt, endedAt }: Posted,
    outcome: AttemptOutcome,
    next: NextStep,
  ): Health | null {
    const { integrationId, deliveryId, test, event } = delivery.request;
    // an alert that fails would else be told by another, and that one's failure by the next
    if (outcome.kind === 'failed' && isAlert(event)) return null;
    return this.health.after(integrationId, {
      deliveryId,
      test,
      outcome,
      lastOfRound: next.kind === 'dead',
      onlyPermanent: delivery.onlyPermanent,
      roundBeganAt: roundBeganAt(delivery, startedAt),
      endedAt: endedAt.getTime(),
    });
  }
}
