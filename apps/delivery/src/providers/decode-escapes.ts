/** A text, and where each of its UTF-16 units came from in the text that was decoded first. */
export interface Traced {
  text: string;
  starts: number[];
  ends: number[];
}

/** Percent-escapes in a row, JSON and JavaScript escapes, HTML entities. */
const ESCAPE =
  /(?:%[0-9a-f]{2})+|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[^\s]|&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});?/gi;

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
  if (escape.startsWith('%')) return percentParts(escape);
  const char = escape.startsWith('\\') ? backslashed(escape) : entity(escape);
  return char === null ? null : [{ char, length: escape.length }];
}

/** The characters of UTF-8 bytes; a byte that is not valid UTF-8 stands for the Latin-1 character of its number. */
function percentParts(escape: string): Part[] {
  const bytes = Buffer.from(escape.replaceAll('%', ''), 'hex');
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const char = bytes.toString('utf8', at, at + length);
    const valid = !char.includes('\ufffd') && [...char].length === 1;
    const taken = valid ? length : 1;
    parts.push({ char: valid ? char : String.fromCharCode(bytes[at]!), length: taken * 3 });
    at += taken;
  }
  return parts;
}

const sequenceLength = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);

const CONTROLS: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function backslashed(escape: string): string | null {
  const code = /^\\(?:u\{?|x)([0-9a-f]+)\}?$/i.exec(escape)?.[1];
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
