const MINUTE_MS = 60_000;

/** A delivery is overdue when it has been due for a minute, and for twice as long as an attempt may take. */
export const overdueAfterMs = (deliveryTimeoutMs: number): number => Math.max(MINUTE_MS, 2 * deliveryTimeoutMs);
