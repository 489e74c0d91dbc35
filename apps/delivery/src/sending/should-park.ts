/** What a destination's lane looks like at one moment. */
export interface LaneLoad {
  /** Deliveries that wait for a slot, and that the ledger does not know of. */
  waiting: number;
  /** How long the lane has had something to do without a pause, in ms. */
  busyForMs: number;
  /** Attempts ended per second, over the last second or so. */
  ratePerSecond: number;
  /** How long the oldest attempt has been under way, in ms. */
  oldestForMs: number;
}

/** Of the process's time, the share in which its event loop had work, over the last look. */
const OVERLOADED = 0.9;
/** An attempt that takes so long is slow, however busy the process is. */
const SLOW_MS = 1_000;

/** A destination that works it off within a second may have more than this waiting in memory. */
const SHARE = 500;
/** A destination may have so many waiting where nobody sees them, whatever its pace. */
export const UNSEEN = 10;
/** What takes longer than this to work off is put where people can see it wait. */
const SEEN_WITHIN_S = 10;
/** How long a lane must have been busy before its pace is known. */
const PACE_KNOWN_AFTER_MS = 1_000;

/**
 * Whether what waits, and what comes next, goes to the ledger: there it is seen as pending, and takes no room from others.
 * A lane that works off its share within a second is under load, not slow: reading its partition more slowly is enough.
 * In an overloaded process every pace is slow, so that only an attempt that hangs counts.
 */
export function shouldPark(
  { waiting, busyForMs, ratePerSecond, oldestForMs }: LaneLoad,
  loopUtilization: number,
): boolean {
  if (busyForMs < PACE_KNOWN_AFTER_MS) return false;
  const tooMany = waiting >= SHARE && ratePerSecond < SHARE;
  const tooLong = waiting >= UNSEEN && waiting > ratePerSecond * SEEN_WITHIN_S;
  return (tooMany || tooLong) && (loopUtilization < OVERLOADED || oldestForMs >= SLOW_MS);
}
