import { describe, expect, it } from 'vitest';
import { addressWith, filterIn, isId, isOneOf, isShort, type Checks } from './address.js';

interface Filter {
  status?: string;
  of?: string;
  q?: string;
}

const CHECKS: Checks<Filter> = { status: isOneOf({ dead: 1 }), of: isId, q: isShort };
const ID = '0193a5c0-0000-7000-8000-000000000001';

describe('a filter in the address', () => {
  it.each([
    ['', {}, []],
    [`status=dead&of=${ID}&q=a+b&connected=1`, { status: 'dead', of: ID, q: 'a b' }, []],
    ['status=&q=', {}, []],
    ['status=toString&of=7&q=x', { q: 'x' }, ['status=toString', 'of=7']],
    [`q=${'x'.repeat(201)}`, {}, [`q=${'x'.repeat(60)}`]],
  ])('"%s" asks for %j and leaves out %j', (query, filter, dropped) =>
    expect(filterIn(CHECKS, new URLSearchParams(query))).toEqual({ filter, dropped }),
  );

  it('takes the place of the one before, and leaves the rest of the address', () => {
    const now = new URLSearchParams(`status=dead&of=7&deliveries=${ID}`);
    expect(String(addressWith(CHECKS, now, () => ({ q: 'a&b', status: '' })))).toBe(`deliveries=${ID}&q=a%26b`);
  });

  it('is changed from what the address asks for, without what is not valid in it', () => {
    const now = new URLSearchParams('status=dead&of=7&q=a');
    expect(String(addressWith(CHECKS, now, (filter) => ({ ...filter, q: 'b' })))).toBe('status=dead&q=b');
    expect(String(addressWith(CHECKS, now, (filter) => ({ ...filter, status: undefined })))).toBe('q=a');
  });
});
