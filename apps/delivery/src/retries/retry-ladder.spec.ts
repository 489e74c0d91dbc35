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

  it('has one late step, after the last of its own', () => {
    const late = { label: '10m', ms: 600_000 };
    const longer = new RetryLadder(ladder.delays, late);
    expect([4, 5, 6, 7].map((attempt) => longer.lateAfter(attempt)?.label)).toEqual([
      undefined,
      undefined,
      '10m',
      undefined,
    ]);
    expect(longer.after(6, null)).toBeUndefined();
    expect(longer.after(1, 3_600_000)?.label).toBe('80s');
    expect(longer.steps.map(({ label }) => label)).toEqual(['5s', '10s', '20s', '40s', '80s', '10m']);
    expect([72_000, 540_000, 3_600_000].map((ms) => longer.covering(ms).label)).toEqual(['80s', '10m', '10m']);
    expect(ladder.lateAfter(6)).toBeUndefined();
  });

  it('has one topic for a late step that is as long as another', () => {
    const late = { label: '80s', ms: 80_000 };
    const longer = new RetryLadder(ladder.delays, late);
    expect(longer.lateAfter(6)).toBe(late);
    expect(longer.steps).toEqual(ladder.delays);
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
