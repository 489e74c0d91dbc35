import type { Health } from '#libs/contracts';
import type { AttemptOutcome } from '../providers/provider.js';

/** An attempt at a destination that is over. Times are epoch ms, by the clock that all delivery processes go by. */
export interface EndedAttempt {
  /** A message keeps it through all its rounds; a test is a message of its own. */
  deliveryId: string;
  test: boolean;
  outcome: AttemptOutcome;
  /** It is a dead letter now. */
  lastOfRound: boolean;
  /** Every earlier attempt of its round was refused for good. */
  onlyPermanent: boolean;
  /** When its round began; 0 where nobody knows. */
  roundBeganAt: number;
  endedAt: number;
}

const NOBODY: readonly string[] = [];
/** How many messages must have been refused where the reason may lie in a message. */
const MESSAGES = 2;

/**
 * What is held against one destination since it last took a message. One message never speaks for it: whatever it took
 * since a message's round began clears it, and a refusal that is not in the provider's own words counts once another
 * message was refused as well.
 */
export class Standing {
  /** Messages whose rounds began since `clearedAt`, and that were refused for good; no more are kept than decide. */
  private refused: readonly string[];
  /** One of them was refused for a whole round, and it was a release. */
  private roundRefused = false;

  /**
   * @param clearedAt when the destination last took a message, or since when this process knows of it
   * @param refused what was refused since then
   */
  constructor(
    public health: Health | null,
    public clearedAt: number,
    refused: readonly string[] = NOBODY,
  ) {
    this.refused = refused;
    this.roundRefused = refused.length > 0;
  }

  /** Takes in an attempt. Answers the health after it. */
  after(ended: EndedAttempt): Health {
    if (ended.outcome.kind === 'delivered') this.clear(ended.endedAt);
    else this.health = this.judge(ended, ended.outcome);
    return this.health!;
  }

  private clear(at: number): void {
    this.health = 'healthy';
    this.clearedAt = at;
    if (this.refused !== NOBODY) this.refused = NOBODY;
    this.roundRefused = false;
  }

  private judge(ended: EndedAttempt, outcome: Extract<AttemptOutcome, { kind: 'failed' }>): Health {
    if (this.health === 'needs_reconnect') return 'needs_reconnect';
    if (!outcome.permanent && outcome.code !== 'message_rejected') return 'failing';
    if (ended.roundBeganAt <= this.clearedAt) return this.health === 'healthy' ? 'healthy' : 'failing';
    if (outcome.permanent) this.note(ended.deliveryId);
    return this.refusesForGood(ended, outcome) ? 'needs_reconnect' : 'failing';
  }

  private note(deliveryId: string): void {
    if (this.refused.length < MESSAGES && !this.refused.includes(deliveryId))
      this.refused = [...this.refused, deliveryId];
  }

  /** Only where a message has had all its tries: a release for a whole round, a test beside one. */
  private refusesForGood(
    { test, lastOfRound, onlyPermanent }: EndedAttempt,
    { permanent, ownSign }: Extract<AttemptOutcome, { kind: 'failed' }>,
  ): boolean {
    if (!permanent || !lastOfRound || !onlyPermanent) return false;
    if (!test) this.roundRefused = true;
    return this.roundRefused && (ownSign || this.refused.length >= MESSAGES);
  }
}
