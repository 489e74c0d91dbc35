const HOUR_MS = 3_600_000;

/** The last hour, day, week or month. */
const SPANS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS, '30d': 30 * 24 * HOUR_MS } as const;
export type Span = keyof typeof SPANS;

/** A span begins at a whole minute, so that the same question stays the same for a while. */
export const sinceOf = (span: Span | undefined, now: number): string | undefined =>
  span && new Date(Math.floor((now - SPANS[span]) / 60_000) * 60_000).toISOString();
