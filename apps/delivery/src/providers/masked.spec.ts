import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from './masked.js';

const SECRET = 'aB3/x+y=Zé-9_k.Q';
const TWICE = encodeURIComponent(encodeURIComponent(SECRET));
const each = (encode: (char: string) => string): string => [...SECRET].map(encode).join('');
const hexOf = (char: string): string => char.codePointAt(0)!.toString(16);
const utf8 = (char: string): string => [...Buffer.from(char)].map((byte) => `%${byte.toString(16)}`).join('');
const octal = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const b64 = (text: string): string => Buffer.from(text).toString('base64');
const named: Record<string, string> = {
  '/': '&sol;',
  '+': '&plus;',
  '=': '&equals;',
  '-': '&hyphen;',
  _: '&lowbar;',
  '.': '&period;',
};

const SPELLINGS: [string, string][] = [
  ['as it is', SECRET],
  ['in capitals', SECRET.toUpperCase()],
  ['in small letters', SECRET.toLowerCase()],
  ['percent-encoded', encodeURIComponent(SECRET)],
  ['percent-encoded in small letters', encodeURIComponent(SECRET).toLowerCase()],
  ['percent-encoded in full', each(utf8)],
  ['percent-encoded in part', encodeURI(SECRET).replace('+', '%2B')],
  ['percent-encoded twice', TWICE],
  ['percent-encoded as Latin-1', encodeURI(SECRET).replace('%C3%A9', '%E9')],
  ['in JSON', JSON.stringify(SECRET)],
  ['in JSON with its slash escaped', SECRET.replaceAll('/', '\\/')],
  ['in JSON with \\u002B', SECRET.replaceAll('+', '\\u002B').replaceAll('/', '\\u002f')],
  ['in JSON as ASCII', SECRET.replaceAll('é', '\\u00e9')],
  ['in JSON in full', each((char) => `\\u${hexOf(char).padStart(4, '0')}`)],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET.replaceAll('/', '\\/')))],
  ['with \\x', each((char) => `\\x${hexOf(char)}`)],
  ['with \\u{}', each((char) => `\\u{${hexOf(char)}}`)],
  ['with backslashes', each((char) => (/\W/.test(char) ? `\\${char}` : char))],
  ['in HTML by number', each((char) => `&#${char.codePointAt(0)};`)],
  ['in HTML by hex number', each((char) => `&#x${hexOf(char)};`)],
  ['in HTML by name', each((char) => named[char] ?? char)],
  ['in HTML in HTML', each((char) => named[char]?.replace('&', '&amp;') ?? char)],
  ['in JSON in HTML', JSON.stringify(SECRET).replaceAll('"', '&quot;').replaceAll('/', '&#x5c;/')],
  ['in base64', b64(SECRET)],
  ['in base64 for addresses', Buffer.from(SECRET).toString('base64url')],
  ['in base64 with others', b64(`user:${SECRET}`)],
  ['in base64 in the middle', b64(`{"url":"x/${SECRET}?"}`)],
  ['in base64 of another beginning', b64(`..${SECRET}..`)],
  ['in base64, percent-encoded', encodeURIComponent(b64(`a${SECRET}`))],
  ['in base64 in lines', b64(SECRET).replaceAll(/(.{5})/g, '$1\r\n')],
  ['in hex', Buffer.from(SECRET).toString('hex')],
  ['in hex, byte by byte', Buffer.from(SECRET).toString('hex').replaceAll(/(..)/g, '$1 ')],
  ['with \\x, as UTF-8', utf8(SECRET).replaceAll('%', '\\x')],
  ['in octal', each((char) => octal(char))],
  ['in octal in part', SECRET.replaceAll('/', '\\057')],
  ['in HTML by a long number', each((char) => `&#x${hexOf(char).padStart(8, '0')};`)],
];

describe('a secret', () => {
  it.each(SPELLINGS)('is cut out %s', (_how, spelling) => {
    const shown = masked(`before ${spelling} after`, [SECRET]);
    expect(shown).toContain('[redacted]');
    expect(shown).toMatch(/^before .* ?after$/s);
    expect(shown.toLowerCase()).not.toContain(spelling.toLowerCase());
    expect(shown.length).toBeLessThan('before [redacted] after'.length + 24); // base64 of the text around it stays
  });

  it('that is percent-encoded itself is cut out decoded, too', () => {
    expect(masked('caf\u00e9-au-lait caf%c3%a9-au-lait CAFÉ-AU-LAIT', ['caf%C3%A9-au-lait'])).toBe(
      '[redacted] [redacted] [redacted]',
    );
  });

  it('is cut out where a longer one holds it', () => {
    expect(masked('/hook/T0KEN1 and T0KEN1', ['/hook/T0KEN1', 'T0KEN1'])).toBe('[redacted] and [redacted]');
  });

  it('leaves everything else as it was', () => {
    const text = '{"error":"50% \\u00e9 &amp; \\n done","path":"\\/a"} %zz &nothing; 100%';
    expect(masked(text, [SECRET])).toBe(text);
  });

  it('is not shown in half where the text is cut', () => {
    const text = `${'x'.repeat(1_000)}${SECRET}`;
    for (let most = 1_001; most < text.length; most += 1) expect(masked(text, [SECRET], most)).not.toMatch(/[^x]/);
  });

  it('is cut out of any mixture of spellings', () => {
    const spell = constantFrom(
      (char: string) => char,
      utf8,
      (char: string) => `\\u${hexOf(char).padStart(4, '0')}`,
      (char: string) => `&#x${hexOf(char)};`,
      (char: string) => char.toUpperCase(),
    );
    assert(
      property(string(), string(), spell, spell, (before, after, one, other) => {
        const mixed = [...SECRET].map((char, at) => (at % 2 === 0 ? one : other)(char)).join('');
        const shown = masked(`${before} ${mixed} ${after}`, [SECRET]);
        expect(shown).toContain('[redacted]');
      }),
    );
  });

  it('is looked for quickly in a text that is all escapes', () => {
    const secrets = Array.from({ length: 8 }, (_, i) => `${SECRET}${i}`);
    const began = performance.now();
    for (let i = 0; i < 10; i += 1) masked('%41\\u0041&#65;'.repeat(5_000), secrets, 16_384);
    expect(performance.now() - began).toBeLessThan(5_000); // takes 10 to 20 ms each; a backtracking pattern takes for ever
  });
});
