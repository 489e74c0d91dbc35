import { expect, it } from 'vitest';
import { sorted } from './sorted.js';

const rows = [
  { name: 'b', at: 2 },
  { name: 'A', at: 2 },
  { name: 'c10', at: 1 },
  { name: 'c9', at: 3 },
];
const names = (list: typeof rows): string => list.map(({ name }) => name).join(' ');

it.each([
  ['as they are without a column', undefined, false, 'b A c10 c9'],
  ['by words as people sort them', (row: (typeof rows)[0]) => row.name, false, 'A b c9 c10'],
  ['by numbers, equals as they were', (row: (typeof rows)[0]) => row.at, false, 'c10 b A c9'],
  ['the other way round, equals as they were', (row: (typeof rows)[0]) => row.at, true, 'c9 b A c10'],
])('rows are sorted %s', (_case, by, descending, expected) => {
  expect(names(sorted(rows, by, descending))).toBe(expected);
  expect(names(rows)).toBe('b A c10 c9');
});
