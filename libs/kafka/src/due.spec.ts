import { expect, it } from 'vitest';
import { dueAtOf, dueUntil } from './due.js';

const at = (dueAt: string | undefined): { headers: Record<string, Buffer> } => ({
  headers: dueAt === undefined ? {} : { 'np-due-at': Buffer.from(dueAt) },
});

it.each([
  [undefined, 0],
  ['', 0],
  ['soon', 0],
  ['NaN', 0],
  ['Infinity', 0],
  ['1700000000000', 1_700_000_000_000],
])('takes np-due-at %s for %i', (header, expected) => expect(dueAtOf(at(header))).toBe(expected));

it('takes the last of several headers, and none for due', () => {
  expect(dueAtOf({ headers: { 'np-due-at': [Buffer.from('1'), Buffer.from('2')] } })).toBe(2);
  expect(dueAtOf({ headers: undefined })).toBe(0);
});

it.each([
  [[], 100, 0],
  [['100'], 99, 0],
  [['100'], 100, 1],
  [['100', '101', '90'], 100, 1],
  [['100', undefined, '90', '200'], 100, 3],
])('of %j at %i the first %i are due: never past the first that is not', (headers, now, expected) =>
  expect(dueUntil(headers.map(at), now)).toBe(expected),
);
