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
}

export function nextStep({ outcome, attempt, test, endedAt }: AttemptEnd, ladder: RetryLadder): NextStep {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'failed': {
      const delay = test || !outcome.retryable ? undefined : ladder.after(attempt, outcome.retryAfterMs);
      return delay ? { kind: 'retry', delay, dueAt: new Date(endedAt.getTime() + delay.ms) } : { kind: 'dead' };
    }
  }
}
