import { assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToBytes, shownBody } from './shown-body.js';

describe('the shown part of an answer', () => {
  it.each<[string, string, string[], string | null]>([
    ['nothing', '', [], null],
    ['text as it is', 'Accepted.\n\tThanks 👍', [], 'Accepted.\n\tThanks 👍'],
    ['no control characters', 'a\u0000b\u001b[31mc\r\n\u0085d', [], 'ab[31mc\nd'],
    ['nothing where only control characters came', '\u0000\u0001', [], null],
    [
      'no secrets',
      'no route for /hook/T0KEN, token T0KEN',
      ['/hook/T0KEN', 'T0KEN'],
      'no route for [redacted], token [redacted]',
    ],
    ['no secret that control characters hide', 'T0\u0000KEN', ['T0KEN'], '[redacted]'],
  ])('is %s', (_name, body, secrets, shown) => expect(shownBody(body, secrets)).toBe(shown));

  it('cuts a secret out before it cuts to length', () => {
    const shown = shownBody(`${'x'.repeat(4090)}T0KEN-THAT-IS-LONG`, ['T0KEN-THAT-IS-LONG']);
    expect(shown).not.toContain('T0KEN');
    expect(shown).toHaveLength(4096);
  });
});

describe('cutting to bytes', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['aé', 2, 'a'],
    ['aé', 3, 'aé'],
    ['👍', 3, ''],
    ['a👍b', 5, 'a👍'],
  ])('%s to %i is %s', (text, most, cut) => expect(cutToBytes(text, most)).toBe(cut));

  it('keeps the longest beginning that fits', () => {
    assert(
      property(string({ unit: 'grapheme' }), nat(40), (text, most) => {
        const cut = cutToBytes(text, most);
        const rest = [...text].slice([...cut].length);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
        expect(rest.length === 0 || Buffer.byteLength(cut + rest[0]) > most).toBe(true);
      }),
    );
  });
});
