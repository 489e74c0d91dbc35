import { LRUCache } from 'lru-cache';
import { decodedOnce, mayHoldEscapes, traced } from './decode-escapes.js';

export const REDACTED = '[redacted]';

/** An escape may be escaped again: JSON in HTML, an address in an address. */
const MOST_LEVELS = 3;
/** Below this, base64 and hex of a part would be found in anything. */
const SHORTEST_ENCODED = 6;
const SHORTEST_INNER = 8;
/** Of the shortest path that counts as a secret. */
const SHORTEST = 2;

/** Finds secrets in every spelling; made once for each set of secrets. */
interface Finder {
  pattern: RegExp;
  /** Of the longest spelling, in characters. */
  longest: number;
}

const finders = new LRUCache<string, Finder>({ max: 1_000 });

/**
 * The text with every secret cut out: in any case, percent-encoded, with escapes of JSON or HTML, in whole or in part,
 * also twice, in base64 wherever in a longer text it began, and in hex, also in lines.
 * @param most only so many characters are looked at, and the rest is left out
 */
export function masked(text: string, secrets: readonly string[], most = Infinity): string {
  const looked = text.length > most ? text.slice(0, most) : text;
  if (secrets.length === 0 || looked.length < SHORTEST) return looked;
  const { pattern, longest } = finderOf(secrets);
  const whole = cutOut(looked, pattern);
  if (looked === text) return whole;
  // A secret that the cut has halved is not found: what could be its beginning goes too.
  return whole.slice(0, Math.max(0, whole.length - longest * 6));
}

function finderOf(secrets: readonly string[]): Finder {
  const key = secrets.join('\0');
  let finder = finders.get(key);
  if (!finder) {
    const spellings = new Map(secrets.flatMap(spellingsOf).map((one) => [one.text, one.pattern]));
    const longestFirst = [...spellings].sort(([a], [b]) => b.length - a.length);
    const pattern = new RegExp(longestFirst.map(([, one]) => one).join('|'), 'gi');
    finder = { pattern, longest: longestFirst[0]?.[0].length ?? 0 };
    finders.set(key, finder);
  }
  return finder;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function cutOut(text: string, pattern: RegExp): string {
  if (!mayHoldEscapes(text)) return text.replace(pattern, REDACTED);
  const ranges: [number, number][] = [];
  let level: ReturnType<typeof decodedOnce> = traced(text);
  for (let depth = 0; level && depth <= MOST_LEVELS; depth += 1) {
    for (const { 0: found, index } of level.text.matchAll(pattern))
      ranges.push([level.starts[index]!, level.ends[index + found.length - 1]!]);
    level = decodedOnce(level);
  }
  return without(text, ranges);
}

function without(text: string, ranges: [number, number][]): string {
  ranges.sort(([a], [b]) => a - b);
  let shown = '';
  let end = 0;
  for (const [from, to] of ranges) {
    if (from >= end) shown += text.slice(end, from) + REDACTED;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

interface Spelling {
  text: string;
  /** What finds it. */
  pattern: string;
}

/** A secret as it is, with its own escapes decoded, and encoded as bytes. */
function spellingsOf(secret: string): Spelling[] {
  const plain = [secret];
  for (let level = decodedOnce(traced(secret)); level && plain.length <= MOST_LEVELS; level = decodedOnce(level))
    plain.push(level.text);
  const encoded = plain.filter((text) => text.length >= SHORTEST_ENCODED).flatMap(encodings);
  return [...plain.map((text) => ({ text, pattern: escaped(text) })), ...encoded].filter(
    ({ text }) => text.length >= SHORTEST,
  );
}

/** Mails and dumps break what is encoded into lines, and dumps put something between two bytes. */
function encodings(text: string): Spelling[] {
  const bytes = Buffer.from(text);
  const whole = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, '')];
  const base64 = [...whole, ...[0, 1, 2].map((before) => innerBase64(bytes, before))];
  const urlSafe = base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = bytes.toString('hex');
  return [...base64, ...urlSafe]
    .filter((one) => one.length >= SHORTEST_INNER)
    .map((one) => ({ text: one, pattern: [...one].map(escaped).join('\\s{0,2}') }))
    .concat({ text: hex, pattern: hex.match(/../g)!.join('[\\s:,-]{0,2}') });
}

/** The part of a longer text's base64 that only these bytes decide, where so many bytes (modulo 3) come before them. */
function innerBase64(bytes: Buffer, before: number): string {
  const padded = Buffer.concat([Buffer.alloc(before), bytes]);
  return padded.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
}
