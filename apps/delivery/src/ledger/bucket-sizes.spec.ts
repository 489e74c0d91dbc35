import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { BUCKET_SIZES_MS, MAX_BUCKETS, bucketsFor, coarsenings } from './bucket-sizes.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-23T10:07:30.000Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR);

describe('the buckets of a summary', () => {
  it.each([
    [1, 1 / 60, 61],
    [24, 0.25, 97],
    [7 * 24, 6, 29],
    [90 * 24, 24, 91],
  ])('of %d hours are of %d hours each, and %d', (hours, size, count) => {
    const buckets = bucketsFor(ago(hours), NOW);
    expect(buckets.sizeMs).toBe(Math.round(size * HOUR));
    expect(buckets.count).toBe(count);
  });

  it('cover the whole span, begin at round times and are never too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 24 * HOUR }), (span) => {
        const since = new Date(NOW.getTime() - span);
        const { sizeMs, start, count } = bucketsFor(since, NOW);
        expect(start.getTime() % sizeMs).toBe(0);
        expect(start.getTime()).toBeLessThanOrEqual(since.getTime());
        expect(start.getTime() + count * sizeMs).toBeGreaterThanOrEqual(NOW.getTime());
        expect(count).toBeLessThanOrEqual(MAX_BUCKETS);
      }),
    );
  });

  it('never need figures finer than those that are kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 24 * HOUR }), fc.integer({ min: 0, max: 3 * HOUR }), (span, later) => {
        const until = new Date(NOW.getTime() + later);
        const { sizeMs, start } = bucketsFor(new Date(until.getTime() - span), until);
        const finerThanKept = coarsenings(NOW).filter((kept) => start < kept.before && sizeMs < kept.sizeMs);
        expect(finerThanKept).toEqual([]);
      }),
    );
  });

  it('nest in each other', () => {
    for (const [index, size] of BUCKET_SIZES_MS.slice(1).entries()) expect(size % BUCKET_SIZES_MS[index]!).toBe(0);
  });
});
