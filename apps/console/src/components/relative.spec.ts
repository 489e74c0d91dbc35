import { expect, it } from 'vitest';
import { due, relative } from './relative.js';

it.each([
  [0, 'just now'],
  [-9_999, 'just now'],
  [1_000, 'in a moment'],
  [4_000, 'in 4 seconds'],
  [-12_000, '12 seconds ago'],
  [-59_999, '59 seconds ago'],
  [-60_000, '1 minute ago'],
  [-3_600_000 * 5, '5 hours ago'],
  [-86_400_000, 'yesterday'],
  [-86_400_000 * 45, 'last month'],
  [90_000, 'in 1 minute'],
])('%i ms from now is %s', (distance, words) => expect(relative(1e12 + distance, 1e12)).toBe(words));

it.each([
  [4_000, 'in 4 seconds'],
  [1_000, 'in a moment'],
  [0, 'in a moment'],
  [-9_999, 'in a moment'],
  [-10_000, 'overdue'],
])('what is due %i ms from now is %s', (distance, words) => expect(due(1e12 + distance, 1e12)).toBe(words));
