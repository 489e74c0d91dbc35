import { describe, expect, it } from 'vitest';
import { filterIn } from '../../components/address.js';
import { checksFor, orderOf, sortOf } from './table-address.js';

describe('what of the destinations is shown, in the address', () => {
  it.each([
    ['q=ops&show=slack&sort=-health', { q: 'ops', show: 'slack', sort: '-health' }, []],
    ['show=attention', { show: 'attention' }, []],
    ['show=fax&sort=colour', {}, ['show=fax', 'sort=colour']],
    ['show=toString&sort=--name', {}, ['show=toString', 'sort=--name']],
  ])('"%s" asks for %j and leaves out %j', (query, filter, dropped) =>
    expect(filterIn(checksFor([{ id: 'slack' }]), new URLSearchParams(query))).toEqual({ filter, dropped }),
  );

  it('is not said to be wrong while the providers are not known', () =>
    expect(filterIn(checksFor([]), new URLSearchParams('show=fax'))).toEqual({ filter: { show: 'fax' }, dropped: [] }));

  it.each([
    ['name', { key: 'name', descending: false }],
    ['-last', { key: 'last', descending: true }],
  ])('sort=%s is %j, there and back', (sort, order) => {
    expect(orderOf(sort)).toEqual(order);
    expect(sortOf(order)).toBe(sort);
  });
});
