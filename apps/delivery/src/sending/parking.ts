/** What a destination's lane looks like at one moment. */
export interface LaneLoad {
  /** Deliveries that wait for a slot. */
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

/** A destination may have so many waiting in memory, whatever its pace. */
export const SHARE = 500;
/** How long a lane must have been busy before its pace is known. */
const PACE_KNOWN_AFTER_MS = 1_000;

/**
 * Whether what waits, and what comes next, goes to the ledger, so that the destination takes no more room from the others.
 * One that works off its share within a second is not slow but under load: there, reading its partition more slowly does.
 * A process that has its hands full cannot tell by the pace who is slow; then only an attempt that hangs counts.
 */
export function shouldPark(
  { waiting, busyForMs, ratePerSecond, oldestForMs }: LaneLoad,
  loopUtilization: number,
): boolean {
  if (waiting < SHARE || busyForMs < PACE_KNOWN_AFTER_MS || ratePerSecond >= SHARE) return false;
  return loopUtilization < OVERLOADED || oldestForMs >= SLOW_MS;
}
