import { Inject, Injectable } from '@nestjs/common';
import {
  DELIVERY_DLQ,
  DELIVERY_OUTCOMES_TOPIC,
  HEADERS,
  deliveryHeaders,
  projectIdOf,
  retryTopic,
  type DeliveryOutcome,
  type DeliveryOutcomeKind,
  type DeliveryRequested,
} from '#libs/contracts';
import { Publisher, keepTrying } from '#libs/kafka';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { DELIVERY_SOURCE, requestRecord } from '../kafka/request-record.js';
import { keptAt, type AttemptRecord, type Seen } from '../ledger/ledger-entry.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { RetryLadder } from '../retries/retry-ladder.js';
import { roundBeganAt, type Delivery } from './delivery.js';
import type { Ending, LastError } from './ending.js';
import type { NextStep } from './next-step.js';

interface Step {
  outcome: DeliveryOutcomeKind;
  next: NextStep | null;
  attempt: Pick<AttemptRecord, 'statusCode' | 'errorCode' | 'durationMs' | 'startedAt'> | null;
  lastError: LastError | null;
}

/** Publishes what follows from an attempt on record: its next step, its outcome for dashboards; and wakes the pump where it waits in the ledger. */
@Injectable()
export class FollowUp {
  constructor(
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish'>,
    private readonly ladder: RetryLadder,
    @Inject(KnownIntegrations) private readonly integrations: Pick<KnownIntegrations, 'get'>,
    private readonly queues: QueueEvents,
  ) {}

  /** Resolves when all of it is published. @throws where the delivery is no longer ours, and what cannot be published */
  async publish(delivery: Delivery, { outcome, next, entry }: Ending): Promise<void> {
    await this.publishBoth(delivery, { outcome, next, attempt: entry.attempt, lastError: entry.lastError });
    if (entry.queue !== null) this.queues.queued(delivery.request.integrationId);
  }

  /** The attempt was made and recorded, perhaps by a process that died right after: publishes the same again. */
  async repeat(delivery: Delivery, seen: Seen): Promise<void> {
    const { status, attempt, lastError } = seen;
    const outcome = status === 'pending' || status === 'held' || status === 'dropped' ? 'retrying' : status;
    await this.publishBoth(delivery, { outcome, next: this.nextOf(seen), attempt, lastError });
  }

  private nextOf({ status, nextAttemptAt, attempt }: Seen): NextStep | null {
    if (status === 'dead') return { kind: 'dead' };
    if (status !== 'retrying' || !nextAttemptAt || !attempt) return null;
    const waited = nextAttemptAt.getTime() - attempt.startedAt.getTime() - attempt.durationMs;
    return { kind: 'retry', delay: this.ladder.covering(waited - 1), dueAt: nextAttemptAt };
  }

  private async publishBoth(delivery: Delivery, step: Step): Promise<void> {
    await keepTrying(() => Promise.all([this.publishNext(delivery, step), this.publishOutcome(delivery, step)]), {
      signal: delivery.owned,
    });
  }

  private async publishNext(delivery: Delivery, { next, lastError, attempt }: Step): Promise<void> {
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
    { outcome, next, attempt, lastError }: Step,
  ): Promise<void> {
    const { event } = request;
    const value: DeliveryOutcome = {
      deliveryId: request.deliveryId,
      eventId: event.id,
      eventType: event.type,
      eventTime: event.time,
      ...(keptAt(request) === event.time ? {} : { recordedAt: keptAt(request) }),
      organizationId: event.data.organizationId,
      projectId: projectIdOf(event),
      integrationId: request.integrationId,
      provider: this.integrations.get(request.integrationId)?.provider ?? null,
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
