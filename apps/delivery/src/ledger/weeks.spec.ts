import { describe, expect, it } from 'vitest';
import { partitionName, weekOf, weekOfPartition, weeksAround } from './weeks.js';

describe('a week of the ledger', () => {
  it.each([
    ['2026-11-23T00:00:00.000Z', '2026-11-23'],
    ['2026-11-29T23:59:59.999Z', '2026-11-23'],
    ['2026-11-22T23:59:59.999Z', '2026-11-16'],
    ['1969-12-31T00:00:00.000Z', '1969-12-29'],
  ])('%s lies in the week of %s', (time, monday) => {
    const { start, end } = weekOf(new Date(time));
    expect(start.toISOString()).toBe(`${monday}T00:00:00.000Z`);
    expect(end.getTime() - start.getTime()).toBe(7 * 24 * 3_600_000);
  });

  it('is provided for from one back to two ahead, over a change of year', () => {
    const names = weeksAround(new Date('2026-12-30T12:00:00Z')).map((week) => partitionName('deliveries', week));
    expect(names).toEqual([
      'deliveries_p20261221',
      'deliveries_p20261228',
      'deliveries_p20270104',
      'deliveries_p20270111',
    ]);
  });

  it('is read back from its name', () => {
    const week = weekOf(new Date('2026-11-25T00:00:00Z'));
    expect(weekOfPartition(partitionName('attempts', week))).toEqual(week);
    expect(weekOfPartition('deliveries_other')).toBeUndefined();
  });
});
