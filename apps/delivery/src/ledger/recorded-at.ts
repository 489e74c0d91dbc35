const MINUTE = 60_000;

/** Older events are kept under our own time: with theirs, a delivery of today would be pruned as an old one. */
export const LATE_AFTER_MS = 24 * 60 * MINUTE;
/** What lies further ahead is not a difference between two clocks: it would stand before everything that comes after it. */
export const AHEAD_BEYOND_MS = 5 * MINUTE;

/** How an event's own time lies to ours. */
export type TimeOfEvent = 'near' | 'late' | 'ahead';

/** @param now epoch ms */
export function timeOfEvent(time: string, now: number): TimeOfEvent {
  const at = Date.parse(time);
  if (at > now + AHEAD_BEYOND_MS) return 'ahead';
  return at < now - LATE_AFTER_MS ? 'late' : 'near';
}

/** The time that the ledger keeps the deliveries of an event under. @param now epoch ms */
export const recordedAt = (time: string, now: number): string =>
  timeOfEvent(time, now) === 'near' ? time : new Date(now).toISOString();
