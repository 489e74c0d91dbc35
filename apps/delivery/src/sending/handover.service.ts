import { Inject, Injectable } from '@nestjs/common';
import { until } from '#libs/deadline';
import { Ownership } from '../ownership/ownership.service.js';
import { Attempts } from './attempts.service.js';
import { Lanes } from './lanes.service.js';

/** The group waits for it: a destination that hangs must not hold up all others for long. */
const WAIT_MS = 3_000;
/** Where the join that should follow does not come, what waits begins all the same. */
const HOLD_MS = 10_000;
const LOOK_MS = 10;

/**
 * Before partitions may go to another instance: nothing new is begun, and the attempts in flight are waited for, so that
 * their next owner finds them on record. One that takes longer than three seconds it may post a second time.
 */
@Injectable()
export class Handover {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Lanes) private readonly lanes: Pick<Lanes, 'hold' | 'goOn'>,
    @Inject(Attempts) private readonly attempts: Pick<Attempts, 'unsettled'>,
    @Inject(Ownership) ownership: Pick<Ownership, 'onChange'>,
  ) {
    ownership.onChange(() => this.end());
  }

  /** Resolves when nothing is in flight, or its time is over. */
  async begin(): Promise<void> {
    this.lanes.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), HOLD_MS).unref();
    await until(() => this.attempts.unsettled === 0, { withinMs: WAIT_MS, everyMs: LOOK_MS });
  }

  /** It is known who has which partition. */
  end(): void {
    clearTimeout(this.timer);
    this.lanes.goOn();
  }
}
