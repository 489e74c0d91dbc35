import { parseUrl } from '#libs/url';

/**
 * Credentials with one field of those that were saved before. Both must be for the same origin, by what is sealed in
 * each: who can write to the other service's table can put sealed values together, and must not get a secret sent to a
 * host of their own in this way. Undefined where they do not belong together, which no provider takes for credentials.
 */
export function withKept(current: unknown, kept: unknown, field: string): unknown {
  const origin = originOf(current);
  if (origin === null || origin !== originOf(kept)) return undefined;
  return { ...(current as object), [field]: (kept as Record<string, unknown>)[field] };
}

/** Of the URL; what is sealed without one says which origin it is for. */
function originOf(credentials: unknown): string | null {
  if (typeof credentials !== 'object' || credentials === null) return null;
  const { url, origin } = credentials as { url?: unknown; origin?: unknown };
  if (typeof url === 'string') return parseUrl(url)?.origin ?? null;
  return typeof origin === 'string' ? origin : null;
}
