import { describe, expect, it } from 'vitest';
import { shouldPark, type LaneLoad } from './parking.js';

describe('a destination is parked', () => {
  it.each<[string, LaneLoad, boolean]>([
    ['not while it is within its share', { waiting: 499, busyForMs: 60_000, ratePerSecond: 0 }, false],
    ['when it hangs and its share is used up', { waiting: 500, busyForMs: 1_000, ratePerSecond: 0 }, true],
    ['when it takes less than its share in a second', { waiting: 2_000, busyForMs: 5_000, ratePerSecond: 499 }, true],
    ['not before its pace is known', { waiting: 3_000, busyForMs: 999, ratePerSecond: 0 }, false],
    ['not while it is fast', { waiting: 3_000, busyForMs: 5_000, ratePerSecond: 500 }, false],
  ])('%s', (_name, load, expected) => expect(shouldPark(load)).toBe(expected));
});
