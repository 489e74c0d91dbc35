import {
  DELIVERY_DLQ,
  DELIVERY_OUTCOMES_TOPIC,
  HEADERS,
  deliveryHeaders,
  retryTopic,
  type DeliveryOutcome,
  type DeliveryOutcomeKind,
  type DeliveryRequested,
} from '#libs/contracts';
import { keepTrying, type Publisher } from '#libs/kafka';
import { keptAt, type AttemptRecord, type Seen } from '../ledger/ledger-entry.js';
import type { Ledger } from '../ledger/ledger.service.js';
import type { RetryLadder } from '../retries/retry-ladder.js';
import { DELIVERY_SOURCE, requestRecord } from '../routing/route-release-event.js';
import { roundBeganAt, type Delivery } from './delivery.js';
import type { Ending, LastError } from './ending.js';
import type { NextStep } from './next-step.js';

interface Told {
  outcome: DeliveryOutcomeKind;
  next: NextStep | null;
  attempt: Pick<AttemptRecord, 'statusCode' | 'errorCode' | 'durationMs' | 'startedAt'> | null;
  lastError: LastError | null;
}

/** What comes after an attempt, always in this order: the ledger, then the next step, then the caller commits the offset. */
export class FollowUp {
  constructor(
    private readonly ledger: Ledger,
    private readonly publisher: Publisher,
    private readonly ladder: RetryLadder,
    private readonly providerOf: (integrationId: string) => string | null,
  ) {}

  async finish(delivery: Delivery, ending: Ending): Promise<void> {
    await this.ledger.record(ending.entry);
    const { outcome, next, entry } = ending;
    await this.tell(delivery, { outcome, next, attempt: entry.attempt, lastError: entry.lastError });
  }

  /** The attempt was made and recorded, perhaps by a process that died right after: says again what comes next. */
  async repeat(delivery: Delivery, seen: Seen): Promise<void> {
    const { status, attempt, lastError } = seen;
    const outcome = status === 'pending' || status === 'held' || status === 'dropped' ? 'retrying' : status;
    await this.tell(delivery, { outcome, next: this.nextOf(seen), attempt, lastError });
  }

  private nextOf({ status, nextAttemptAt, attempt }: Seen): NextStep | null {
    if (status === 'dead') return { kind: 'dead' };
    if (status !== 'retrying' || !nextAttemptAt || !attempt) return null;
    const waited = nextAttemptAt.getTime() - attempt.startedAt.getTime() - attempt.durationMs;
    return { kind: 'retry', delay: this.ladder.covering(waited - 1), dueAt: nextAttemptAt };
  }

  private async tell(delivery: Delivery, told: Told): Promise<void> {
    await keepTrying(() => Promise.all([this.publishNext(delivery, told), this.publishOutcome(delivery, told)]), {
      signal: delivery.owned,
    });
  }

  private async publishNext(delivery: Delivery, { next, lastError, attempt }: Told): Promise<void> {
    if (next === null || next.kind === 'delivered') return;
    const firstFailedAt = delivery.firstFailedAt ?? String(Date.now());
    const headers = {
      [HEADERS.firstFailedAt]: firstFailedAt,
      ...(lastError ? { [HEADERS.errorCode]: lastError.code } : {}),
    };
    if (next.kind === 'retry') {
      const request: DeliveryRequested = { ...delivery.request, attempt: delivery.request.attempt + 1 };
      const dueAt = String(next.dueAt.getTime());
      const began = roundBeganAt(delivery, attempt?.startedAt);
      const times = { [HEADERS.dueAt]: dueAt, ...(began ? { [HEADERS.roundBeganAt]: String(began) } : {}) };
      return this.publisher.publish(
        retryTopic(next.delay.label),
        requestRecord(request, delivery.traceparent, { ...headers, ...times }),
      );
    }
    const letter = { ...delivery.request, lastError };
    const record = requestRecord(delivery.request, delivery.traceparent, headers);
    return this.publisher.publish(DELIVERY_DLQ.topic, { ...record, value: JSON.stringify(letter) });
  }

  private publishOutcome(
    { request, traceparent }: Delivery,
    { outcome, next, attempt, lastError }: Told,
  ): Promise<void> {
    const { event } = request;
    const value: DeliveryOutcome = {
      deliveryId: request.deliveryId,
      eventId: event.id,
      eventType: event.type,
      eventTime: event.time,
      ...(keptAt(request) === event.time ? {} : { recordedAt: keptAt(request) }),
      organizationId: event.data.organizationId,
      projectId: event.data.project.id,
      integrationId: request.integrationId,
      provider: this.providerOf(request.integrationId),
      test: request.test,
      round: request.round,
      attempt: request.attempt,
      outcome,
      statusCode: attempt?.statusCode ?? null,
      errorCode: attempt?.errorCode ?? lastError?.code ?? null,
      durationMs: attempt?.durationMs ?? null,
      at: new Date().toISOString(),
      nextAttemptAt: next?.kind === 'retry' ? next.dueAt.toISOString() : null,
    };
    return this.publisher.publish(DELIVERY_OUTCOMES_TOPIC.topic, {
      key: DELIVERY_OUTCOMES_TOPIC.key(value),
      value: JSON.stringify(value),
      headers: deliveryHeaders('delivery.attempted', request, { source: DELIVERY_SOURCE, traceparent }),
    });
  }
}
