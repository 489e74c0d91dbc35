import { masked } from './masked.js';

const MOST_BYTES = 4 * 1024;
/** How much of a text is looked at for each byte that is shown: cutting secrets out makes it shorter. */
const LOOKED_AT = 4;

/** All control characters but tab and line feed; PostgreSQL cannot store the first of them at all. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The part of an answer that people may see: secrets and control characters cut out, 4 KB at most; null where nothing is left. */
export function shownBody(body: string, secrets: readonly string[]): string | null {
  return shownText(body, secrets, MOST_BYTES) || null;
}

/** Secrets are cut out after the control characters that would hide them, and before the rest is cut to its length. */
export function shownText(text: string, secrets: readonly string[], mostBytes: number): string {
  return cutToBytes(masked(text.replace(CONTROL, ''), secrets, mostBytes * LOOKED_AT), mostBytes);
}

/** The longest beginning that fits into so many bytes of UTF-8 and ends between two characters. */
export function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const bytes = Buffer.from(text);
  let end = most;
  while (isContinuation(bytes[end])) end -= 1;
  return bytes.toString('utf8', 0, end);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
