import type { Delay, RetryLadder } from '../retries/retry-ladder.js';
import type { AttemptOutcome } from '../providers/provider.js';

/** Where a delivery goes after an attempt. */
export type NextStep = { kind: 'delivered' } | { kind: 'retry'; delay: Delay; dueAt: Date } | { kind: 'dead' };

export interface AttemptEnd {
  outcome: AttemptOutcome;
  /** Which attempt of its round, from 1. */
  attempt: number;
  /** A test is tried once: who pressed the button waits for an answer. */
  test: boolean;
  endedAt: Date;
  /** How long after its time the attempt began, in ms; 0 for a first one. */
  lateMs: number;
}

/** What of a wait may be taken off again, so that the small delays of each retry do not add up over a round. */
const MADE_UP = 0.1;

export function nextStep({ outcome, attempt, test, endedAt, lateMs }: AttemptEnd, ladder: RetryLadder): NextStep {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'failed': {
      const delay = test || !outcome.retryable ? undefined : delayAfter(outcome, attempt, ladder);
      return delay
        ? { kind: 'retry', delay, dueAt: new Date(endedAt.getTime() + waitOf(delay, lateMs, outcome.retryAfterMs)) }
        : DEAD;
    }
  }
}

function delayAfter(
  { retryAfterMs, laterTry }: Extract<AttemptOutcome, { kind: 'failed' }>,
  attempt: number,
  ladder: RetryLadder,
): Delay | undefined {
  return ladder.after(attempt, retryAfterMs) ?? (laterTry ? ladder.lateAfter(attempt) : undefined);
}

const DEAD: NextStep = { kind: 'dead' };

/** Never less than the destination asked for, as far as the delay goes. */
function waitOf({ ms }: Delay, lateMs: number, retryAfterMs: number | null): number {
  const madeUp = Math.min(Math.max(0, lateMs), ms * MADE_UP);
  return Math.max(ms - madeUp, Math.min(retryAfterMs ?? 0, ms));
}
