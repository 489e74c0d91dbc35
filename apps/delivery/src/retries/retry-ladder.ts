/** One step: how long an attempt waits, and the name of its topic. */
export interface Delay {
  /** As it was set, `5s`: the end of the topic's name. */
  label: string;
  ms: number;
}

/**
 * Which delay comes after which failed attempt. With the default delays the attempts of a round are made at
 * 0 s, 5 s, 15 s, 35 s, 75 s and 155 s; then the delivery is dead, unless its destination asked for a later try.
 */
export class RetryLadder {
  /** @param late the wait before the one late retry that some destinations ask for; left out: none is made */
  constructor(
    readonly delays: readonly Delay[],
    private readonly late?: Delay,
  ) {}

  /** Every step, each with a topic. */
  get steps(): readonly Delay[] {
    const { late } = this;
    return late && !this.delays.some(({ label }) => label === late.label) ? [...this.delays, late] : this.delays;
  }

  /** The delay before the late retry; undefined where the n-th attempt (from 1) is not the last of the ladder's own. */
  lateAfter(attempt: number): Delay | undefined {
    return attempt === this.delays.length + 1 ? this.late : undefined;
  }

  /** The delay after the n-th attempt of a round (from 1) failed; undefined where it was the last. */
  after(attempt: number, retryAfterMs: number | null): Delay | undefined {
    const next = this.delays[attempt - 1];
    if (next === undefined || retryAfterMs === null || retryAfterMs <= next.ms) return next;
    // each topic holds one delay, so a longer wait takes the first step that covers it, or the longest there is
    return this.delays.slice(attempt - 1).find(({ ms }) => ms >= retryAfterMs) ?? longest(this.delays);
  }

  /** The delay whose topic a wait that was begun on another ladder goes to: the shortest that is no shorter, or the longest. */
  covering(waitMs: number): Delay {
    const covering = this.steps.filter(({ ms }) => ms >= waitMs);
    return covering.length > 0 ? covering.reduce((a, b) => (b.ms < a.ms ? b : a)) : longest(this.steps);
  }
}

const longest = (delays: readonly Delay[]): Delay => delays.reduce((a, b) => (b.ms > a.ms ? b : a));
