import type { Schema } from '../../api/client.js';

type Attempt = Schema<'Attempt'>;

export interface Step {
  attempt: Attempt;
  /** From the end of the try before it in its round; null for the first of a round. */
  waitedMs: number | null;
  /** There is more than one round, so that each is named. */
  rounds: boolean;
}

const endOf = ({ startedAt, durationMs }: Attempt): number => Date.parse(startedAt) + durationMs;

/** The attempts with the waits between them. */
export function steps(attempts: Attempt[]): Step[] {
  const rounds = new Set(attempts.map(({ round }) => round)).size > 1;
  return attempts.map((attempt, place) => {
    const before = attempts[place - 1];
    const waits = before !== undefined && before.round === attempt.round;
    return { attempt, rounds, waitedMs: waits ? Math.max(0, Date.parse(attempt.startedAt) - endOf(before)) : null };
  });
}

/** `5 s`, `1 min 20 s`. */
export function spoken(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
