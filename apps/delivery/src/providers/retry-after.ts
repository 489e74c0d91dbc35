const LONGEST_MS = 24 * 60 * 60 * 1000;
const SECONDS = /^\d{1,9}(\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .* GMT$/;

/**
 * How long a `Retry-After` asks to wait, in milliseconds: seconds (also with a fraction, as Discord sends) or an HTTP
 * date. A time that has passed is 0, more than a day is a day, anything else is null.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (SECONDS.test(value)) return bounded(Number(value) * 1000);
  if (!HTTP_DATE.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : bounded(at - now);
}

const bounded = (ms: number): number => Math.ceil(Math.min(Math.max(ms, 0), LONGEST_MS));
