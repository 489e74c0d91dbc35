export const MODES = [
  'ok',
  'refuse',
  'rate-limited',
  'error',
  'hang',
  'revoked',
  'redirect',
  'slow',
  'drip',
  'huge',
] as const;
export type Mode = (typeof MODES)[number];

/** How an inbox answers from now on. */
export interface Behaviour {
  mode: Mode;
  /** `rate-limited` only: what Retry-After says. */
  retryAfterSeconds: number;
  /** `slow` only: how long the answer takes. */
  delayMs: number;
  /** So many more requests, then `ok` again; null: until it is switched. */
  times: number | null;
}

export const ANSWERS_OK: Behaviour = { mode: 'ok', retryAfterSeconds: 30, delayMs: 3_000, times: null };

/** What the request at hand meets, and what the one after it does. */
export function step(behaviour: Behaviour): { now: Behaviour; next: Behaviour } {
  if (behaviour.times === null) return { now: behaviour, next: behaviour };
  const left = behaviour.times - 1;
  return { now: behaviour, next: left > 0 ? { ...behaviour, times: left } : { ...behaviour, mode: 'ok', times: null } };
}

/** Status of the answer; null where there is none. */
export const STATUS_OF: Record<Mode, number | null> = {
  ok: 200,
  refuse: null,
  'rate-limited': 429,
  error: 500,
  hang: null,
  revoked: 410,
  redirect: 302,
  slow: 200,
  drip: 200,
  huge: 200,
};
