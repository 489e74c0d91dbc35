import type { OutboundAnswer } from '../outbound/outbound-result.js';
import { REDACTED } from './masked.js';
import { shownText } from './shown-body.js';

const MOST_HEADERS = 32;
const MOST_BYTES_EACH = 512;
/** Headers whose values are for whoever called, and nobody else. `www-authenticate` only says how to sign in. */
const SENSITIVE = /cookie|auth|token|secret|passw|session|signature|api-?key/;
const HARMLESS = 'www-authenticate';
/** Of the connection, not of the answer. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** The headers of an answer that people may see: at most 32 of at most 512 bytes, secrets cut out; null where there is none. */
export function shownHeaders(
  headers: OutboundAnswer['headers'],
  secrets: readonly string[],
): Record<string, string> | null {
  const shown = Object.entries(headers)
    .filter(([name]) => !HOP_BY_HOP.has(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [shownText(name, secrets, MOST_BYTES_EACH), shownValue(name, value, secrets)] as const);
  return shown.length === 0 ? null : Object.fromEntries(shown);
}

function shownValue(name: string, value: string | string[] | undefined, secrets: readonly string[]): string {
  if (name !== HARMLESS && SENSITIVE.test(name)) return REDACTED;
  return shownText([value ?? ''].flat().join(', '), secrets, MOST_BYTES_EACH);
}
