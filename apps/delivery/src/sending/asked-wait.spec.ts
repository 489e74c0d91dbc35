import { describe, expect, it } from 'vitest';
import { askedWaitSentence } from './asked-wait.js';

const LADDER = [{ ms: 5_000 }, { ms: 80_000 }];

describe('a wait that a destination asked for', () => {
  it.each([null, 0, 5_000, 80_000])('of %j ms is given, and nothing is said', (ms) => {
    expect(askedWaitSentence(ms, LADDER)).toBe('');
  });

  it.each([
    [80_001, '80 s', '80 s'],
    [95_500, '95.5 s', '80 s'],
    [600_000, '10 minutes', '80 s'],
    [10_800_000, '3 hours', '80 s'],
    [86_400_000, 'a day or more', '80 s'],
  ])('of %i ms is longer than any between two tries, which is said', (ms, asked, longest) => {
    expect(askedWaitSentence(ms, LADDER)).toMatch(
      new RegExp(`^ It asked for a wait of ${asked}, and the longest between two tries is ${longest}: .*\\.$`),
    );
  });

  it('is not spoken of where nothing is retried', () => expect(askedWaitSentence(1_000, [])).toBe(''));
});
