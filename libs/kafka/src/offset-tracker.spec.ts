import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffsetTracker } from './offset-tracker.js';

describe('an offset tracker', () => {
  it('has nothing to commit before anything was taken in', () => {
    const tracker = new OffsetTracker();
    expect([tracker.lowest, tracker.due(), tracker.size]).toEqual([undefined, undefined, 0]);
  });

  it('takes each record in once, gaps included', () => {
    const tracker = new OffsetTracker();
    expect([5, 6, 9, 6, 9, 5, 10].map((offset) => tracker.begin(offset))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(tracker.size).toBe(4);
  });

  it('says what is due until it is committed, and again after a rejoin', () => {
    const tracker = new OffsetTracker();
    for (const offset of [0, 1, 2]) tracker.begin(offset);
    tracker.finish(1);
    expect(tracker.due()).toBe(0);
    tracker.markCommitted(0);
    expect(tracker.due()).toBeUndefined();
    tracker.finish(0);
    expect(tracker.due()).toBe(2);
    tracker.markCommitted(2);
    tracker.forgetCommitted();
    expect(tracker.due()).toBe(2);
    tracker.finish(2);
    expect(tracker.due()).toBe(3);
  });

  it('commits the lowest unfinished record, in whatever order they end', () => {
    const order = fc
      .integer({ min: 1, max: 60 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count }));
    fc.assert(
      fc.property(order, (ends) => {
        const tracker = new OffsetTracker();
        for (let offset = 0; offset < ends.length; offset += 1) tracker.begin(offset);
        const open = new Set(ends);
        for (const offset of ends) {
          tracker.finish(offset);
          open.delete(offset);
          expect(tracker.lowest).toBe(open.size === 0 ? ends.length : Math.min(...open));
        }
      }),
    );
  });
});
