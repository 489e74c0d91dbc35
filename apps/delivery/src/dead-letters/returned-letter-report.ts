import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryRequested } from '#libs/contracts';
import { Counter, LOGGER, Registry, type Logger } from '#libs/observability';

const RESULTS = ['requeued', 'started', 'active', 'later_round'] as const;
export type LetterResult = (typeof RESULTS)[number];

const REASONS = {
  active: 'its delivery is pending or retrying: its tries are not over',
  later_round: 'a later round of its delivery was begun since: redeliver it, or put the dead letter of that round back',
};

/** Says what became of the dead letters that somebody put back. */
@Injectable()
export class ReturnedLetterReport {
  private readonly counter: Counter<'result'>;

  constructor(
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.counter = new Counter({
      name: 'delivery_returned_letters_total',
      help: 'Dead letters that were put back on delivery.requested, by what became of them',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of RESULTS) this.counter.inc({ result }, 0);
  }

  note({ deliveryId, integrationId, round }: DeliveryRequested, result: LetterResult): void {
    this.counter.inc({ result });
    const fields = { deliveryId, integrationId, round };
    if (result === 'requeued' || result === 'started') this.logger.info(fields, `dead-letter.${result}`);
    else this.logger.warn({ ...fields, reason: REASONS[result] }, 'dead-letter.refused');
  }
}
