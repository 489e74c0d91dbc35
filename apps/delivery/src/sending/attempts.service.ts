import { Inject, Injectable } from '@nestjs/common';
import { NoLongerOwned } from '#libs/kafka';
import { Ledger } from '../ledger/ledger.service.js';
import { Admission } from './admission.service.js';
import type { Delivery } from './delivery.js';
import type { Ending } from './ending.js';
import { FollowUp } from './follow-up.service.js';
import { Meaning } from './meaning.service.js';
import { Posting } from './posting.service.js';

/** One attempt at work, as two promises. */
export interface Attempt {
  /** Its answer is there, or none will come: its destination's lane may begin the next. Never rejects. */
  posted: Promise<void>;
  /** It is on record, and what comes next knows of it: its offset may be committed. Rejects where that failed. */
  recorded: Promise<void>;
}

/**
 * The life of an attempt: admitted, posted, what it means, recorded, followed up, committed. Always in this order: a process that
 * dies in between repeats the step after the last one that is on record.
 */
@Injectable()
export class Attempts {
  private begun = 0;

  constructor(
    private readonly admission: Admission,
    private readonly posting: Posting,
    private readonly meaning: Meaning,
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'record'>,
    @Inject(FollowUp) private readonly followUp: Pick<FollowUp, 'publish'>,
  ) {}

  /** Attempts that have begun here and are not on record yet. */
  get unsettled(): number {
    return this.begun;
  }

  /** The lane goes on once it is posted, and does not wait for its records. */
  begin(delivery: Delivery): Attempt {
    this.begun += 1;
    const ending = this.make(delivery);
    const recorded = this.record(delivery, ending); // its entry goes to the ledger before the next post begins
    return { posted: ending.then(nothing, nothing), recorded };
  }

  /** Undefined where it stays in the ledger as it is. */
  private async make(delivery: Delivery): Promise<Ending | undefined> {
    if (!delivery.owned()) throw new NoLongerOwned();
    const admitted = await this.admission.of(delivery);
    if (admitted.kind === 'left') return undefined;
    if (admitted.kind === 'refused') return admitted.ending;
    const posted = await this.posting.post(delivery, admitted.state);
    return this.meaning.of(delivery, admitted.state, posted);
  }

  /** The caller commits the delivery's offset when this resolves. */
  private async record(delivery: Delivery, ending: Promise<Ending | undefined>): Promise<void> {
    try {
      const ended = await ending;
      if (!ended) return;
      await this.ledger.record(ended.entry);
      await this.followUp.publish(delivery, ended);
    } finally {
      this.begun -= 1;
    }
  }
}

const nothing = (): void => undefined;
