import { describe, expect, it } from 'vitest';
import { RetryLadder } from './retry-ladder.js';

const ladder = new RetryLadder([5, 10, 20, 40, 80].map((seconds) => ({ label: `${seconds}s`, ms: seconds * 1000 })));

describe('the retry ladder', () => {
  it.each([
    [1, null, '5s'],
    [2, null, '10s'],
    [5, null, '80s'],
    [6, null, undefined],
    [7, null, undefined],
    [1, 3_000, '5s'],
    [1, 5_000, '5s'],
    [1, 5_001, '10s'],
    [2, 35_000, '40s'],
    [5, 60_000, '80s'],
    [1, 3_600_000, '80s'],
    [6, 30_000, undefined],
  ])('after attempt %i with Retry-After %s ms waits %s', (attempt, retryAfterMs, label) => {
    expect(ladder.after(attempt, retryAfterMs)?.label).toBe(label);
  });

  it.each([
    [0, '5s'],
    [5_000, '5s'],
    [5_001, '10s'],
    [300_000, '80s'],
  ])('covers a wait of %i ms, begun on another ladder, by %s', (waitMs, label) => {
    expect(ladder.covering(waitMs).label).toBe(label);
  });

  it('takes the longest delay also where it is not the last', () => {
    const odd = new RetryLadder([
      { label: '9s', ms: 9000 },
      { label: '1s', ms: 1000 },
    ]);
    expect(odd.after(2, 60_000)?.label).toBe('9s');
    expect([odd.covering(500).label, odd.covering(60_000).label]).toEqual(['1s', '9s']);
  });
});
