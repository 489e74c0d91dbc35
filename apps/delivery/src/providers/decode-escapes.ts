/** A text, and where each of its UTF-16 units came from in the text that was decoded first. */
export interface Traced {
  text: string;
  starts: number[];
  ends: number[];
}

/** Bytes in a row (percent-escapes, hex, octal), JSON and JavaScript escapes, HTML entities. */
const ESCAPE =
  /(?:%[0-9a-f]{2})+|(?:\\x[0-9a-f]{2})+|(?:\\[0-3][0-7]{2})+|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\[^\s]|&(?:#x[0-9a-f]{1,8}|#[0-9]{1,10}|[a-z]{2,8});?/gi;

/** Whether a text may hold an escape at all. */
export const mayHoldEscapes = (text: string): boolean => /[%\\&]/.test(text);

export function traced(text: string): Traced {
  const starts = Array.from({ length: text.length }, (_, at) => at);
  return { text, starts, ends: starts.map((at) => at + 1) };
}

/** The text with every escape decoded once; null where it holds no escape. */
export function decodedOnce(from: Traced): Traced | null {
  const to: Traced = { text: '', starts: [], ends: [] };
  let last = 0;
  for (const match of from.text.matchAll(ESCAPE)) {
    const parts = partsOf(match[0]);
    if (!parts) continue;
    copy(from, last, match.index, to);
    let at = match.index;
    for (const { char, length } of parts) {
      for (let unit = 0; unit < char.length; unit += 1) {
        to.starts.push(from.starts[at]!);
        to.ends.push(from.ends[at + length - 1]!);
      }
      to.text += char;
      at += length;
    }
    last = at;
  }
  if (last === 0) return null;
  copy(from, last, from.text.length, to);
  return to;
}

function copy(from: Traced, start: number, end: number, to: Traced): void {
  to.text += from.text.slice(start, end);
  for (let at = start; at < end; at += 1) {
    to.starts.push(from.starts[at]!);
    to.ends.push(from.ends[at]!);
  }
}

/** A decoded character, and how long its escape is. */
interface Part {
  char: string;
  length: number;
}

function partsOf(escape: string): Part[] | null {
  const bytes = bytesOf(escape);
  if (bytes) return byteParts(bytes, escape.length / bytes.length);
  const char = escape.startsWith('\\') ? backslashed(escape) : entity(escape);
  return char === null ? null : [{ char, length: escape.length }];
}

/** Null where the escape is not one of bytes. */
function bytesOf(escape: string): Buffer | null {
  if (/^(%|\\x)/i.test(escape)) return Buffer.from(escape.replaceAll(/%|\\x/gi, ''), 'hex');
  if (!/^\\[0-3]\d/.test(escape)) return null;
  return Buffer.from(escape.match(/\d{3}/g)!.map((octal) => parseInt(octal, 8)));
}

/**
 * The characters of UTF-8 bytes; a byte that is not valid UTF-8 stands for the Latin-1 character of its number.
 * @param width of the escape of one byte
 */
function byteParts(bytes: Buffer, width: number): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const char = bytes.toString('utf8', at, at + length);
    const valid = !char.includes('\ufffd') && [...char].length === 1;
    const taken = valid ? length : 1;
    parts.push({ char: valid ? char : String.fromCharCode(bytes[at]!), length: taken * width });
    at += taken;
  }
  return parts;
}

const sequenceLength = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);

const CONTROLS: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function backslashed(escape: string): string | null {
  const code = /^\\u\{?([0-9a-f]+)\}?$/i.exec(escape)?.[1];
  if (code !== undefined) return codePoint(parseInt(code, 16));
  const char = escape.slice(1);
  return CONTROLS[char] ?? char;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  plus: '+',
  equals: '=',
  num: '#',
  quest: '?',
  percnt: '%',
  period: '.',
  hyphen: '-',
  dash: '-',
  lowbar: '_',
  underbar: '_',
  colon: ':',
  semi: ';',
  comma: ',',
  commat: '@',
  excl: '!',
  dollar: '$',
  lpar: '(',
  rpar: ')',
  ast: '*',
  tilde: '~',
  nbsp: ' ',
};

function entity(escape: string): string | null {
  const name = escape.slice(1).replace(/;$/, '');
  if (/^#x/i.test(name)) return codePoint(parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return codePoint(Number(name.slice(1)));
  return ENTITIES[name.toLowerCase()] ?? null;
}

const codePoint = (code: number): string | null => (code <= 0x10ffff ? String.fromCodePoint(code) : null);
