import { describe, expect, it } from 'vitest';
import { cut } from './cut.js';

const amp = (one: string): string => (one === '&' ? '&amp;' : one);

describe('a text that is too long', () => {
  it.each<[string, number, string]>([
    ['short', 10, 'short'],
    ['exact', 5, 'exact'],
    ['longer', 5, 'long…'],
    ['👍👍', 4, '👍👍'],
    ['👍👍👍', 5, '👍👍…'],
    ['👍👍👍', 4, '👍…'],
    ['👍', 1, '…'],
  ])('%s within %i is %s', (text, limit, shown) => expect(cut(text, limit)).toBe(shown));

  it.each<[string, number, string]>([
    ['a&b', 7, 'a&amp;b'],
    ['a&b', 6, 'a…'],
    ['&&', 10, '&amp;&amp;'],
    ['&&', 9, '&amp;…'],
  ])('%s within %i keeps its entities whole: %s', (text, limit, shown) => expect(cut(text, limit, amp)).toBe(shown));
});
