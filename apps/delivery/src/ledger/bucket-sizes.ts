const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const MAX_BUCKETS = 120;

/** Each divides the next, and all divide a day: buckets begin at round times UTC. */
export const BUCKET_SIZES_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY] as const;

export interface Buckets {
  sizeMs: number;
  /** When the first begins: `since`, rounded down. */
  start: Date;
  count: number;
}

/** The finest buckets that cover the span with no more than MAX_BUCKETS. The span is 100 days at most. */
export function bucketsFor(since: Date, until: Date): Buckets {
  for (const sizeMs of BUCKET_SIZES_MS) {
    const start = Math.floor(since.getTime() / sizeMs) * sizeMs;
    const count = Math.max(1, Math.ceil((until.getTime() - start) / sizeMs));
    if (count <= MAX_BUCKETS) return { sizeMs, start: new Date(start), count };
  }
  throw new RangeError('the span is longer than the coarsest buckets cover');
}

/**
 * Which figures may be merged into coarser ones at this time: those that only summaries reach whose buckets are as
 * coarse or coarser. So a long summary reads few rows and shows the same.
 */
export function coarsenings(now: Date): { sizeMs: number; before: Date }[] {
  return BUCKET_SIZES_MS.slice(1).map((sizeMs, finer) => {
    const oldest = now.getTime() - MAX_BUCKETS * BUCKET_SIZES_MS[finer]!;
    return { sizeMs, before: new Date(Math.floor(oldest / sizeMs) * sizeMs) };
  });
}
