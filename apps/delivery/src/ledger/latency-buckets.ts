/** Upper bounds in ms, each about 1.4 times the one before; what is above the last falls in one more bucket. */
export const LATENCY_BOUNDS_MS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000,
] as const;

export const LATENCY_BUCKETS = LATENCY_BOUNDS_MS.length + 1;

/** The bucket that a duration falls in. */
export function bucketOf(durationMs: number): number {
  const index = LATENCY_BOUNDS_MS.findIndex((bound) => durationMs <= bound);
  return index === -1 ? LATENCY_BOUNDS_MS.length : index;
}

/** The p-th percentile (0–1) of a histogram, interpolated within its bucket; null where it is empty. */
export function percentile(counts: readonly number[], p: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = p * total;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) return interpolate(index, (rank - below) / count);
    below += count;
  }
  return LATENCY_BOUNDS_MS.at(-1)!;
}

function interpolate(bucket: number, share: number): number {
  const low = LATENCY_BOUNDS_MS[bucket - 1] ?? 0;
  const high = LATENCY_BOUNDS_MS[bucket] ?? low;
  return Math.round(low + (high - low) * share);
}
