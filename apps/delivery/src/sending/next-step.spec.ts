import { describe, expect, it } from 'vitest';
import { failedAttempt } from '../providers/outcome.js';
import { RetryLadder } from '../retries/retry-ladder.js';
import { nextStep } from './next-step.js';

const ladder = new RetryLadder([
  { label: '5s', ms: 5_000 },
  { label: '10s', ms: 10_000 },
]);
const endedAt = new Date('2026-01-01T10:00:00Z');
const failed = failedAttempt('server_error', { error: 'x' });
const after = (attempt: number, lateMs: number) =>
  nextStep({ outcome: failed, attempt, test: false, endedAt, lateMs }, ladder);

describe('after a failed attempt', () => {
  it.each([
    [1, 0, 5_000],
    [2, 0, 10_000],
    [2, 300, 9_700], // what came late is made up for
    [2, 60_000, 9_000], // but no more than a tenth: a destination that was busy gets its pause
    [2, -50, 10_000],
  ])('number %i, %i ms late, the next is due in %i ms', (attempt, lateMs, waitMs) => {
    expect(after(attempt, lateMs)).toMatchObject({ kind: 'retry', dueAt: new Date(endedAt.getTime() + waitMs) });
  });

  it('the wait that the destination asked for is kept, however late', () => {
    const outcome = failedAttempt('rate_limited', { error: 'x', retryAfterMs: 9_800 });
    expect(nextStep({ outcome, attempt: 2, test: false, endedAt, lateMs: 500 }, ladder)).toMatchObject({
      dueAt: new Date(endedAt.getTime() + 9_800),
    });
  });

  it('the last of the ladder, it is dead', () => expect(after(3, 0)).toEqual({ kind: 'dead' }));

  describe('whose destination asked to be tried again later', () => {
    const late = new RetryLadder(ladder.delays, { label: '10m', ms: 600_000 });
    const putOff = failedAttempt('rate_limited', { error: 'x', laterTry: true });
    const next = (attempt: number, outcome = putOff, test = false) =>
      nextStep({ outcome, attempt, test, endedAt, lateMs: 0 }, late);

    it('one late retry comes after the last of the ladder', () => {
      expect(next(2)).toMatchObject({ kind: 'retry', delay: { label: '10s' } });
      expect(next(3)).toMatchObject({ kind: 'retry', dueAt: new Date(endedAt.getTime() + 600_000) });
      expect(next(4)).toEqual({ kind: 'dead' });
    });

    it('none comes where it failed otherwise at last, or is a test', () => {
      for (const end of [next(3, failed), next(3, putOff, true), next(3, { ...putOff, retryable: false })])
        expect(end).toEqual({ kind: 'dead' });
    });
  });

  it('a test is tried once', () =>
    expect(nextStep({ outcome: failed, attempt: 1, test: true, endedAt, lateMs: 0 }, ladder)).toEqual({
      kind: 'dead',
    }));
});
