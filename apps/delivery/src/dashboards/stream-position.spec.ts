import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { StreamPosition, placeOf } from './stream-position.js';

describe('a stream’s position', () => {
  it('is the attempt’s place, or a fraction after the last one for what comes late', () => {
    const position = new StreamPosition(10n);
    expect([11n, 14n, 12n, 13n, 15n].map((seq) => position.next(seq))).toEqual([
      '11',
      '14',
      '14.000001',
      '14.000002',
      '15',
    ]);
  });

  it('always grows and never leads past what was not seen', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { maxLength: 50 }), (places) => {
        const position = new StreamPosition(0n);
        let last = 0;
        let newest = 0n;
        for (const place of places) {
          const id = position.next(place);
          newest = place > newest ? place : newest;
          expect(Number(id)).toBeGreaterThan(last);
          expect(placeOf(id)).toBe(newest);
          last = Number(id);
        }
      }),
    );
  });

  it.each(['-1', 'abc', '1.', '1e3', '9'.repeat(19)])('refuses %s as an id', (id) => {
    expect(() => placeOf(id)).toThrow(/not valid|wrong/);
  });

  it.each([undefined, ''])('takes %j for no id', (id) => expect(placeOf(id)).toBeUndefined());
});
