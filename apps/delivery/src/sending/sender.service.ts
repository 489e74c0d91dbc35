import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { DeliveryRequested } from '#libs/contracts';
import { DELIVERY_REQUESTED, HEADERS, parseEvent } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { traceparentOf } from '#libs/observability';
import { QUEUE } from '../ledger/queue.js';
import type { Seen } from '../ledger/ledger-entry.js';
import { Ledger } from '../ledger/ledger.service.js';
import { Ownership } from '../ownership/ownership.service.js';
import { decide } from './decide.js';
import { attemptKey, deliveryIdOfKey, type Delivery } from './delivery.js';
import { FirstTimes } from './first-times.service.js';
import { FollowUp } from './follow-up.service.js';
import { Turns } from './turns.service.js';

/** The record of one that was forgotten publishes its next step again, which does no harm. */
const MOST_RETAKEN = 20_000;

/** Takes deliveries in, from a record or from the pump, and sees each through to the point where it is safe to forget. */
@Injectable()
export class Sender {
  /** Attempts in flight here, by their key. */
  private readonly running = new Map<string, Promise<void>>();
  /** Attempts that were overdue and made from the ledger. Where their records come after all, they are dropped. */
  private readonly retaken = new LRUCache<string, true>({ max: MOST_RETAKEN });

  /** Requests that the ledger is being asked for: what comes behind them must not go past them. */
  private asking = 0;

  constructor(
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'lookUp'>,
    private readonly turns: Turns,
    @Inject(FollowUp) private readonly followUp: Pick<FollowUp, 'repeat'>,
    private readonly ownership: Ownership,
    @Inject(FirstTimes) private readonly firstTimes: Pick<FirstTimes, 'take'>,
  ) {}

  /** Attempts that are not on record yet, from Kafka and from the pump. */
  get inFlight(): number {
    return this.running.size;
  }

  /** Resolves when the record's offset may be committed. */
  async take(record: InboundRecord): Promise<void> {
    const request = parseEvent(DELIVERY_REQUESTED, record);
    await this.ownership.takenOver();
    const isFirst = this.firstTimes.take(request);
    await this.once(request, async () => {
      const seen = isFirst && this.asking === 0 ? undefined : await this.lookUp(request);
      const delivery = fromRecord(asKept(request, seen), record, seen);
      switch (decide(request, seen)) {
        case 'over':
          if (seen?.queue === QUEUE.parked && record.owned) this.turns.behindParked(request.integrationId);
          return;
        case 'made':
          if (this.retaken.has(attemptKey(request))) return;
          return this.followUp.repeat(delivery, seen!);
        case 'attempt':
          return request.test ? this.turns.now(delivery) : this.turns.inLine(delivery);
      }
    });
  }

  /**
   * Resolves when this attempt is no longer in flight here. A parked one is in the ledger a moment before the record that
   * brought it is finished: fed in that moment, it would count as the same attempt and be left out.
   */
  async settled(request: DeliveryRequested): Promise<void> {
    const running = this.running.get(attemptKey(request));
    if (running) await succeeds(running);
  }

  /** A delivery that the pump took from the ledger. Resolves when it is recorded. */
  async feed(delivery: Delivery): Promise<void> {
    await this.once(delivery.request, async () => {
      const current = delivery.queue === QUEUE.overdue ? await this.stillOverdue(delivery) : delivery;
      if (!current) return;
      await this.turns.fed(current);
      if (current.queue === QUEUE.overdue) this.retaken.set(attemptKey(current.request), true);
    });
  }

  /** The deliveries that are at an attempt here, or wait here for their turn. */
  deliveriesInFlight(): Set<string> {
    return new Set([...this.running.keys()].map((key) => deliveryIdOfKey(key)));
  }

  /**
   * An attempt that comes twice is posted once: the second waits for the first, and is made itself only where the first
   * failed. It must not end before that: the first may have lost its partition and the second have come when the partition
   * was given back.
   */
  private async once(request: DeliveryRequested, work: () => Promise<void>): Promise<void> {
    const key = attemptKey(request);
    for (let first = this.running.get(key); first; first = this.running.get(key)) if (await succeeds(first)) return;
    const working = work();
    this.running.set(key, working);
    try {
      await working;
    } finally {
      this.running.delete(key);
    }
  }

  private async lookUp(request: DeliveryRequested): Promise<Seen | undefined> {
    this.asking += 1;
    try {
      return await this.ledger.lookUp(request);
    } finally {
      this.asking -= 1;
    }
  }

  /** Its record may have come after all and its attempt be made since the pump read the row: then it is not made again. */
  private async stillOverdue(delivery: Delivery): Promise<Delivery | undefined> {
    const { request } = delivery;
    const seen = await this.ledger.lookUp(request);
    if (seen?.queue !== QUEUE.overdue) return undefined;
    if (seen.round !== request.round || seen.roundAttempts !== request.attempt - 1) return undefined;
    return { ...delivery, onlyPermanent: seen.onlyPermanent };
  }
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false, // the caller that has it in flight gets the fault
  );

/** A delivery that the ledger has already stays under the time that it has there, whatever this record says. */
const asKept = (request: DeliveryRequested, seen: Seen | undefined): DeliveryRequested =>
  request.recordedAt === undefined || !seen ? request : { ...request, recordedAt: seen.keptAt.toISOString() };

function fromRecord(request: DeliveryRequested, record: InboundRecord, seen: Seen | undefined): Delivery {
  return {
    request,
    traceparent: traceparentOf(record.headers[HEADERS.traceparent]),
    firstFailedAt: record.headers[HEADERS.firstFailedAt],
    dueAt: timeOf(record.headers[HEADERS.dueAt]),
    position: record.offset,
    onlyPermanent: seen?.onlyPermanent ?? request.attempt === 1,
    roundBeganAt: timeOf(record.headers[HEADERS.roundBeganAt]),
    queue: null,
    owned: () => record.owned,
  };
}

const timeOf = (header: string | undefined): number | undefined => {
  const at = Number(header);
  return header !== undefined && Number.isFinite(at) ? at : undefined;
};
