import { DELIVERY_REQUESTED, HEADERS, parseEvent, type DeliveryRequested } from '#libs/contracts';
import type { InboundRecord, Publisher } from '#libs/kafka';
import { Counter, traceparentOf, type Logger, type Registry } from '#libs/observability';
import type { Seen } from '../ledger/ledger-entry.js';
import type { Ledger } from '../ledger/ledger.service.js';
import { recordedAt } from '../routing/recorded-at.js';
import { requestRecord } from '../routing/route-release-event.js';
import type { RedeliveryQueries } from './redelivery.queries.js';
import { decideLetter } from './returned-letter.js';

/** What a dead letter has more than the request that it was. */
const MARK = 'lastError';
const MARK_BYTES = Buffer.from(`"${MARK}"`);

const RESULTS = ['requeued', 'started', 'active', 'later_round'] as const;
type Result = (typeof RESULTS)[number];

export interface ReturnedLettersDependencies {
  ledger: Pick<Ledger, 'lookUp'>;
  queries: Pick<RedeliveryQueries, 'requeueOne'>;
  publisher: Pick<Publisher, 'publish'>;
  /** Epoch ms, by the clock that the ledger goes by. */
  now: () => number;
  logger: Logger;
  registry: Registry;
}

/**
 * Dead letters that a tool put back as they are. Taken for the requests that they were, their attempt would be one that
 * was made, and all that came of it another letter; so each begins a new round, as a redelivery does, or is refused.
 */
export class ReturnedLetters {
  private readonly counter: Counter<'result'>;

  constructor(private readonly on: ReturnedLettersDependencies) {
    this.counter = new Counter({
      name: 'delivery_returned_letters_total',
      help: 'Dead letters that were put back on delivery.requested, by what became of them',
      labelNames: ['result'],
      registers: [on.registry],
    });
    for (const result of RESULTS) this.counter.inc({ result }, 0);
  }

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
    const seen = await this.on.ledger.lookUp(letter);
    this.note(letter, await this.act(letter, seen, record));
  }

  private async act(letter: DeliveryRequested, seen: Seen | undefined, record: InboundRecord): Promise<Result> {
    const decision = decideLetter(letter, seen);
    switch (decision) {
      case 'requeue': {
        const { deliveryId, integrationId } = letter;
        const { status, round } = seen!;
        return (await this.on.queries.requeueOne(deliveryId, { integrationId, status, round })) ? 'requeued' : 'active';
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
    const kept = recordedAt(letter.event.time, this.on.now());
    const request = { ...letter, round: letter.round + 1, attempt: 1, recordedAt: kept };
    const record = requestRecord(request, traceparentOf(headers[HEADERS.traceparent]));
    await this.on.publisher.publish(DELIVERY_REQUESTED.topic, record);
  }

  private note({ deliveryId, integrationId, round }: DeliveryRequested, result: Result): void {
    this.counter.inc({ result });
    const fields = { deliveryId, integrationId, round };
    if (result === 'requeued' || result === 'started') this.on.logger.info(fields, `dead-letter.${result}`);
    else this.on.logger.warn({ ...fields, reason: REASONS[result] }, 'dead-letter.refused');
  }
}

const REASONS = {
  active: 'its delivery is pending or retrying: its tries are not over',
  later_round: 'a later round of its delivery was begun since: redeliver it, or put the dead letter of that round back',
};
