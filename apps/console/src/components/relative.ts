const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];
const JUST_NOW_MS = 10_000;
/** What is to come is waited for: it counts down further. */
const A_MOMENT_MS = 2_000;
const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** When something is due that was not done so far, though its time may have come. */
export function due(at: number, now: number): string {
  if (at > now) return relative(at, now);
  return now - at < JUST_NOW_MS ? 'in a moment' : 'overdue';
}

/** A time in a person's words, before now or after it. */
export function relative(at: number, now: number): string {
  const distance = at - now;
  if (Math.abs(distance) < (distance > 0 ? A_MOMENT_MS : JUST_NOW_MS)) return distance > 0 ? 'in a moment' : 'just now';
  const [unit, size] = UNITS.find(([, size]) => Math.abs(distance) >= size)!;
  return WORDS.format(Math.trunc(distance / size), unit);
}
