import { describe, expect, it } from 'vitest';
import { MAX_SEND_BYTES, MAX_SEND_RECORDS } from '#libs/kafka';
import { piecesOf } from './pieces.js';

const rows = (count: number, characters: string): { key: string; value: string }[] =>
  Array.from({ length: count }, (_, n) => ({ key: String(n), value: characters }));
const half = 'x'.repeat(MAX_SEND_BYTES / 2 - 1_000);

describe('pieces', () => {
  it.each<[string, ReturnType<typeof rows>, number[]]>([
    ['nothing', [], []],
    ['few', rows(3, 'x'), [3]],
    ['as many as a send takes', rows(MAX_SEND_RECORDS, 'x'), [MAX_SEND_RECORDS]],
    ['one more', rows(MAX_SEND_RECORDS + 1, 'x'), [MAX_SEND_RECORDS, 1]],
    ['large ones', rows(5, half), [2, 2, 1]],
    ['one that is larger than a send', rows(2, half + half + half), [1, 1]],
    ['large ones by bytes, not by characters', rows(4, '\u53d1'.repeat(MAX_SEND_BYTES / 6 - 1_000)), [2, 2]],
  ])('of %s', (_, given, sizes) => {
    const pieces = piecesOf(given);
    expect(pieces.map(({ length }) => length)).toEqual(sizes);
    expect(pieces.flat()).toEqual(given);
  });
});
