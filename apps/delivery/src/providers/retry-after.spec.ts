import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-23T10:00:00.250Z');

describe('Retry-After', () => {
  it.each<[string | string[] | undefined, number | null]>([
    ['0', 0],
    ['30', 30_000],
    [' 30 ', 30_000],
    ['0.35', 350],
    [['2', '60'], 2_000],
    ['999999999', 86_400_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 29_750],
    ['Monday, 23-Nov-26 10:00:30 GMT', 29_750],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['Mon, 23 Nov 2099 10:00:30 GMT', 86_400_000],
    [undefined, null],
    ['', null],
    ['-5', null],
    ['soon', null],
    ['1e9', null],
    ['5 s', null],
    ['2026-11-23', null],
    ['Mon, 99 Nov 2026 10:00:30 GMT', null],
  ])('%j asks for %j ms', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));
});
