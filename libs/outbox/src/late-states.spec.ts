import { describe, expect, it } from 'vitest';
import { sentLate, stamped } from './late-states.js';
import type { OutboxRow } from './relay-session.js';

const NOW = 1_000_000;
const row = (key: string, ago: number | undefined, more: Partial<OutboxRow> = {}): OutboxRow => ({
  id: '1',
  topic: 't',
  key,
  value: 'v',
  headers: { a: 'b' },
  waited: ago === undefined ? null : 0,
  ...(ago !== undefined && { savedAt: NOW - ago }),
  ...more,
});
const agoOf = ({ headers }: OutboxRow): number | undefined =>
  headers['np-saved-at'] === undefined ? undefined : Math.round((Date.now() - Number(headers['np-saved-at'])) / 1_000);

describe('a state that goes out', () => {
  it.each<[string, OutboxRow, number | undefined]>([
    ['within a second says nothing', row('k', 1_000), undefined],
    ['later says when it was saved', row('k', 90_000), 90],
    ['is an event and none', row('k', undefined), undefined],
  ])('%s', (_, one, expected) => {
    const out = stamped(one, NOW);
    expect(agoOf(out)).toBe(expected);
    expect(out).toMatchObject({ key: 'k', value: 'v', headers: { a: 'b' } });
  });

  it('keeps what its owner says of it', () => {
    expect(stamped(row('k', 90_000, { headers: { 'np-saved-at': '7' } }), NOW).headers).toEqual({ 'np-saved-at': '7' });
  });
});

describe('states whose send took long are sent once more', () => {
  const again = (...rows: OutboxRow[]) => sentLate(rows, NOW).map((one) => [one.key, one.value, agoOf(one)]);

  it('where they are late by now, and did not say so', () => {
    const said = stamped(row('said', 90_000), NOW);
    expect(again(row('in time', 900), row('late', 20_000), said, row('event', undefined))).toEqual([['late', 'v', 20]]);
  });

  it('each key once: the last, as of when the first was saved', () => {
    const rows = [row('k', 30_000, { value: '1' }), row('other', 900), row('k', 10_000, { value: '2' })];
    expect(again(...rows)).toEqual([['k', '2', 30]]);
  });

  it('but not where it ends with a tombstone', () => {
    expect(again(row('k', 30_000), row('k', 10_000, { value: null }))).toEqual([]);
  });
});
