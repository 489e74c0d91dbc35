import { describe, expect, it } from 'vitest';
import { unknownStates } from './unknown-states.js';

describe('the states that a table has never held', () => {
  it.each([
    ['nothing is without a row', [], 'a', []],
    ['one state has no row, and the table is empty', ['a'], undefined, []],
    ['two states have no row, and the table is empty', ['a', 'b'], undefined, ['a', 'b']],
    ['every row is younger', ['a', 'b'], 'c', ['a', 'b']],
    ['a row is older than one of them', ['a', 'c'], 'b', []],
    ['a row is older than all of them', ['b', 'c'], 'a', []],
  ])('where %s', (_case, withoutRow, oldestRow, unknown) => {
    expect(unknownStates(withoutRow, oldestRow)).toEqual(unknown);
  });
});
