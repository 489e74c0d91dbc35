import { describe, expect, it } from 'vitest';
import { shouldPark, type LaneLoad } from './should-park.js';

const hanging: LaneLoad = { waiting: 500, busyForMs: 1_000, ratePerSecond: 0, oldestForMs: 1_000 };

describe('a destination is parked', () => {
  it.each<[string, Partial<LaneLoad>, number, boolean]>([
    ['when it hangs and its share is used up', {}, 0.1, true],
    ['when a few would wait for long', { waiting: 10, ratePerSecond: 0.9 }, 0.1, true],
    ['not while very few wait', { waiting: 9, busyForMs: 60_000 }, 0.1, false],
    ['not while the last of them is through within 10 s', { waiting: 499, ratePerSecond: 49.9 }, 0.1, false],
    ['when the last of them is not', { waiting: 499, ratePerSecond: 49.8 }, 0.1, true],
    [
      'when it takes less than its share in a second',
      { waiting: 2_000, ratePerSecond: 499, oldestForMs: 2 },
      0.1,
      true,
    ],
    ['not before its pace is known', { waiting: 3_000, busyForMs: 999 }, 0.1, false],
    ['not while it is fast', { waiting: 3_000, ratePerSecond: 500 }, 0.1, false],
    ['not by its pace while the process has its hands full', { ratePerSecond: 100, oldestForMs: 50 }, 0.95, false],
    ['when it hangs, also while the process has its hands full', {}, 0.95, true],
  ])('%s', (_name, change, utilization, expected) =>
    expect(shouldPark({ ...hanging, ...change }, utilization)).toBe(expected),
  );
});
