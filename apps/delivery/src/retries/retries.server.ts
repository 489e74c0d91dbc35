import { Injectable } from '@nestjs/common';
import { retryTopic } from '#libs/contracts';
import { DelayServer } from '#libs/kafka';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import { ConsumerGroups } from '../kafka/consumer-groups.js';
import { RETRIES } from './retry.consumer.js';
import { RetryLadder } from './retry-ladder.js';

/** Waits until retries are due. */
@Injectable()
export class RetriesServer extends DelayServer {
  constructor(groups: ConsumerGroups, ladder: RetryLadder, clock: LedgerClock) {
    super({
      ...groups.optionsOf('delivery.retries'),
      transportId: RETRIES,
      topics: ladder.steps.map(({ label }) => retryTopic(label)),
      now: clock.now,
    });
    groups.add(this);
  }
}
