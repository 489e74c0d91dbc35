import { Inject, Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, HEADERS, parseEvent, type DeliveryRequested } from '#libs/contracts';
import { Publisher, type InboundRecord } from '#libs/kafka';
import { traceparentOf } from '#libs/observability';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import { requestRecord } from '../kafka/request-record.js';
import type { Seen } from '../ledger/ledger-entry.js';
import { Ledger } from '../ledger/ledger.service.js';
import { recordedAt } from '../ledger/recorded-at.js';
import { RedeliveryQueries } from './redelivery.queries.js';
import { decideLetter } from './returned-letter.js';
import { ReturnedLetterReport, type LetterResult } from './returned-letter-report.js';

/** What a dead letter has more than the request that it was. */
const MARK = 'lastError';
const MARK_BYTES = Buffer.from(`"${MARK}"`);

/**
 * Dead letters that a tool put back as they are. Taken as requests, they would name an attempt that was made already, and
 * only become dead letters again. So each begins a new round, as a redelivery does, or is refused.
 */
@Injectable()
export class ReturnedLetters {
  constructor(
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'lookUp'>,
    @Inject(RedeliveryQueries) private readonly queries: Pick<RedeliveryQueries, 'requeueOne'>,
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish'>,
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
    private readonly report: ReturnedLetterReport,
  ) {}

  /** Whether the record is one. The bytes are looked at first: hardly any record is, and each would be parsed twice. */
  has({ value }: InboundRecord): boolean {
    if (value === null || !value.includes(MARK_BYTES)) return false;
    return MARK in parseEvent(DELIVERY_REQUESTED, { value, headers: {} });
  }

  /** Resolves when the record's offset may be committed. */
  async take(record: InboundRecord): Promise<void> {
    const { [MARK]: _lastError, ...letter } = parseEvent(DELIVERY_REQUESTED, record) as DeliveryRequested & {
      [MARK]: unknown;
    };
    const seen = await this.ledger.lookUp(letter);
    this.report.note(letter, await this.act(letter, seen, record));
  }

  private async act(letter: DeliveryRequested, seen: Seen | undefined, record: InboundRecord): Promise<LetterResult> {
    const decision = decideLetter(letter, seen);
    switch (decision) {
      case 'requeue': {
        const { deliveryId, integrationId } = letter;
        const { status, round } = seen!;
        const done = await this.queries.requeueOne(deliveryId, { integrationId, status, round }, null);
        return done ? 'requeued' : 'active';
      }
      case 'start':
        await this.start(letter, record);
        return 'started';
      case 'active':
      case 'later_round':
        return decision;
    }
  }

  /** By a record under the right key: a tool may have put the letter on any partition. */
  private async start(letter: DeliveryRequested, { headers }: InboundRecord): Promise<void> {
    const kept = recordedAt(letter.event.time, this.clock.now());
    const request = { ...letter, round: letter.round + 1, attempt: 1, recordedAt: kept };
    const record = requestRecord(request, traceparentOf(headers[HEADERS.traceparent]));
    await this.publisher.publish(DELIVERY_REQUESTED.topic, record);
  }
}
