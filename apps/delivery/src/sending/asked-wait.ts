const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Longer ones are read as a day. */
const DAY_MS = 24 * HOUR_MS;

/**
 * What is added to the sentence of a failure where its destination asked for a longer wait than the longest between two
 * tries: it is not given, and the tries may be over before it is.
 */
export function askedWaitSentence(askedMs: number | null, delays: readonly { ms: number }[]): string {
  const longest = Math.max(0, ...delays.map(({ ms }) => ms));
  if (askedMs === null || askedMs <= longest || longest === 0) return '';
  return ` It asked for a wait of ${inWords(askedMs)}, and the longest between two tries is ${inWords(longest)}: resend it later where all of them fail.`;
}

function inWords(ms: number): string {
  if (ms >= DAY_MS) return 'a day or more';
  if (ms >= 2 * HOUR_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  return ms >= 2 * MINUTE_MS ? `${Math.round(ms / MINUTE_MS)} minutes` : `${Math.round(ms / 100) / 10} s`;
}
