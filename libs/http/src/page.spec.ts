import { describe, expect, it } from 'vitest';
import { decodeCursor, decodeIdCursor, encodeCursor, pageOf } from './page.js';

const ID = '0197f3a2-0000-7000-8000-000000000001';
const NOT_OURS = expect.objectContaining({
  status: 400,
  options: expect.objectContaining({
    errors: [{ field: 'cursor', message: 'is not a cursor of this list' }],
  }) as unknown,
}) as unknown;

const caught = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};
const view = { item: ({ id }: { id: string }) => id, key: ({ id }: { id: string }) => [id] };
const rows = (count: number): { id: string }[] => Array.from({ length: count }, (_, n) => ({ id: `row ${n}` }));

describe('a cursor', () => {
  it.each([[['2026-11-23T10:00:00.000Z', ID]], [['ü "quoted" \n', '']], [['one']]])(
    'is read as it was made: %j',
    (key) => {
      expect(decodeCursor(encodeCursor(key), key.length)).toEqual(key);
    },
  );

  it('holds only characters that an address may have', () => {
    expect(encodeCursor(['?&=/+ü', ID])).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it('may be left out', () => {
    expect([decodeCursor(undefined, 2), decodeIdCursor(undefined)]).toEqual([undefined, undefined]);
  });

  it.each<[string, string]>([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['no list', Buffer.from('{"a":1}').toString('base64url')],
    ['nothing', Buffer.from('null').toString('base64url')],
    ['too few parts', encodeCursor(['a'])],
    ['too many parts', encodeCursor(['a', 'b', 'c'])],
    ['parts that are no text', Buffer.from('["a",1]').toString('base64url')],
  ])('is refused where it is %s', (_case, cursor) => {
    expect(caught(() => decodeCursor(cursor, 2))).toEqual(NOT_OURS);
  });

  it('of a list in the order of ids holds an id', () => {
    expect(decodeIdCursor(encodeCursor([ID]))).toBe(ID);
    expect(caught(() => decodeIdCursor(encodeCursor(["' OR 1=1"])))).toEqual(NOT_OURS);
  });
});

describe('a page', () => {
  it('leads on where one row more than the limit was read', () => {
    const page = pageOf(rows(3), 2, view);
    expect(page.items).toEqual(['row 0', 'row 1']);
    expect(decodeCursor(page.nextCursor ?? undefined, 1)).toEqual(['row 1']);
  });

  it.each<[string, number]>([
    ['holds as many rows as the limit', 2],
    ['holds fewer rows', 1],
    ['is empty', 0],
  ])('is the last where it %s', (_case, count) => {
    expect(pageOf(rows(count), 2, view)).toEqual({ items: rows(count).map(({ id }) => id), nextCursor: null });
  });
});
