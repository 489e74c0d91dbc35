import { readFileSync } from 'node:fs';
import { parseUrl } from '#libs/url';

/** Parsers for `Setting`: each says what the text must be and never repeats it. */

export const text = (value: string): string => value;

export function oneOfTexts<const T extends readonly string[]>(values: T): (value: string) => T[number] {
  return (value) => {
    if (values.includes(value)) return value;
    throw new Error(`must be one of ${values.join(', ')}`);
  };
}

export function integer(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^-?\d+$/.test(value) && number >= min && number <= max) return number;
    throw new Error(`must be a whole number from ${min} to ${max}`);
  };
}

export const port = integer(1, 65_535);

export function boolean(value: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Error('must be true or false');
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `250ms`, `10s`, `5m`, `24h` or `30d`, as milliseconds. */
export function duration(value: string): number {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(value);
  if (!match) throw new Error('must be a duration such as 10s, 5m or 30d');
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}

/** Comma-separated, blanks trimmed, empty entries dropped. */
export function list<T = string>(item: (value: string) => T = text as (value: string) => T): (value: string) => T[] {
  return (value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map(item);
}

/** An address with one of the given schemes (with the colon), without a trailing slash. */
export function url(...schemes: string[]): (value: string) => string {
  return (value) => {
    const parsed = parseUrl(value);
    if (parsed && schemes.includes(parsed.protocol)) return value.replace(/\/+$/, '');
    throw new Error(`must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
  };
}

/** Files that a database's address may name, by the parameter that does. */
const DATABASE_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** Address of a PostgreSQL database, as `pg` reads it; files that it names must be there. */
export function databaseUrl(value: string): string {
  const address = url('postgres:', 'postgresql:')(value);
  const { searchParams } = new URL(address);
  for (const name of DATABASE_FILES) {
    const file = searchParams.get(name);
    if (file && !readable(file)) throw new Error(`must name a file that can be read in ${name}`);
  }
  return address;
}

function readable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

export const httpUrl = url('http:', 'https:');

export function hostAndPort(value: string): string {
  if (/^(\[[0-9a-f:]+\]|[^:\s/]+):\d{1,5}$/i.test(value)) return value;
  throw new Error('must be host:port, several separated by commas');
}

/** JSON given inline, or the path of a file that holds it. */
export function jsonOrFile(value: string): unknown {
  try {
    return JSON.parse(value.startsWith('{') ? value : readFileSync(value, 'utf8')) as unknown;
  } catch {
    throw new Error('must be JSON, or the path of a readable file with JSON');
  }
}
