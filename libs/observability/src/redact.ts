const CENSORED = '[redacted]';
/** What lies deeper, or beyond so many values, is left out: a log line is a summary, and whatever was given to it may refer to itself. */
const MOST_DEPTH = 8;
const MOST_VALUES = 1_000;
const LEFT_OUT = '[left out]';

/** The last word of a field's name, in whatever way it is written: `authorization`, `Set-Cookie`, `client_secret`, `accessToken`. */
const SECRET =
  /(?:^pass|authorization|credentials?|secrets?|password|passwd|passphrase|token|cookie|cookies|api-?_?key|private-?_?keys?|signing-?_?key)$/i;
/** Names are few, and the same again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 2_000;

function isSecret(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const secret = SECRET.test(name);
  if (known.size < MOST_KNOWN) known.set(name, secret);
  return secret;
}

/**
 * The fields of a log line without what is secret, at whatever depth it lies, whatever put it there. Fields of plain values,
 * as nearly all lines have them, are given back as they are; where something must go, the way to it is copied.
 */
export function redact(fields: Record<string, unknown>, error: (error: Error) => object): Record<string, unknown> {
  let values = 0;
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    values += 1;
    if (depth > MOST_DEPTH || values > MOST_VALUES) return LEFT_OUT;
    if (value instanceof Error) return error(value);
    if (Array.isArray(value)) return cleanList(value, depth);
    if (ArrayBuffer.isView(value)) return LEFT_OUT;
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return value instanceof Date ? value : clean(toJSON.call(value), depth + 1);
    if (value instanceof Map || value instanceof Headers) return cleanFields(Object.fromEntries(value), depth);
    return cleanFields(value as Record<string, unknown>, depth);
  };
  const cleanFields = (from: Record<string, unknown>, depth: number): Record<string, unknown> => {
    let copy: Record<string, unknown> | undefined;
    for (const name in from) {
      const value = from[name];
      if (value === undefined || value === null) continue;
      const cleaned = isSecret(name) ? CENSORED : typeof value === 'object' ? clean(value, depth + 1) : value;
      if (cleaned !== value) (copy ??= { ...from })[name] = cleaned;
    }
    return copy ?? from;
  };
  /** Headers also come as a flat list: a name, its value, a name … */
  const cleanList = (from: unknown[], depth: number): unknown[] =>
    from.map((value, index) => {
      const before: unknown = from[index - 1];
      if (typeof before === 'string' && isSecret(before) && typeof value === 'string') return CENSORED;
      return clean(value, depth + 1);
    });
  return cleanFields(fields, 0);
}
