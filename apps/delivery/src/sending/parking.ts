/** What a destination's lane looks like at one moment. */
export interface LaneLoad {
  /** Deliveries that wait for a slot. */
  waiting: number;
  /** How long the lane has had something to do without a pause, in ms. */
  busyForMs: number;
  /** Attempts ended per second, over the last second or so. */
  ratePerSecond: number;
}

/** A destination may have so many waiting in memory, whatever its pace. */
export const SHARE = 500;
/** How long a lane must have been busy before its pace is known. */
const PACE_KNOWN_AFTER_MS = 1_000;

/**
 * Whether what waits, and what comes next, goes to the ledger, so that the destination takes no more room from the others.
 * One that works off its share within a second is not slow but under load: there, reading its partition more slowly does.
 */
export function shouldPark({ waiting, busyForMs, ratePerSecond }: LaneLoad): boolean {
  return waiting >= SHARE && busyForMs >= PACE_KNOWN_AFTER_MS && ratePerSecond < SHARE;
}
