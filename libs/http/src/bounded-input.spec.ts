import { describe, expect, it } from 'vitest';
import { malformationOf } from './bounded-input.js';

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
};
const list = (inner: unknown): unknown => [inner];
const object = (inner: unknown): unknown => ({ a: inner });
const both = (inner: unknown): unknown => ({ a: [inner] });

describe('a body', () => {
  it.each<[string, unknown, string | undefined]>([
    ['nothing', undefined, undefined],
    ['a text', 'x', undefined],
    ['16 lists', nested(16, list), undefined],
    ['17 lists', nested(17, list), 'levels'],
    ['17 objects', nested(17, object), 'levels'],
    ['lists in objects', nested(9, both), 'levels'],
    ['100,000 lists, all that fit into a body', nested(100_000, list), 'levels'],
    ['a deep field among flat ones', { a: 1, b: { c: nested(1_375, list) } }, 'levels'],
    ['2,000 values', Array<number>(2_000).fill(1), undefined],
    ['2,001 values', Array<number>(2_001).fill(1), 'values'],
    ['many fields', Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`f${n}`, n])), 'values'],
    ['many values in a few lists', Array.from({ length: 50 }, () => Array<number>(50).fill(1)), 'values'],
    ['a field of every object', JSON.parse('{"__proto__":{"a":1}}'), '__proto__'],
    ['such a field within', { a: [JSON.parse('{"constructor":1}')] }, 'constructor'],
  ])('%s', (_case, body, wrong) => {
    if (wrong === undefined) expect(malformationOf(body)).toBeUndefined();
    else expect(malformationOf(body)).toContain(wrong);
  });
});
