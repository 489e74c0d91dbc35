import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxRetention, countPublished, resend, resendSetAside } from './index.js';
import { OutboxBed, numbers, type Instance } from './testing.suite.js';

let bed: OutboxBed;
let instance: Instance;
beforeEach(async () => {
  bed = await OutboxBed.open();
  instance = bed.instance();
  instance.outbox.start();
});
afterEach(() => bed.close());

const LONG_AGO = new Date(0);
const HOUR = 3_600_000;
const valuesOf = (key: string): string[] =>
  bed.records.filter((record) => record.key === key).map(({ value }) => String(value));
const kept = async (): Promise<number> => countPublished(bed.dataSource, { since: LONG_AGO });
const age = (hours: number): Promise<unknown> =>
  bed.dataSource.query(`UPDATE outbox_published SET published_at = published_at - $1 * interval '1 hour'`, [hours]);

async function sent(...values: string[]): Promise<void> {
  await bed.add(instance.outbox, ...values.map((value) => bed.message('a', value, { ce_id: value })));
  instance.outbox.wake();
  await bed.allGone();
}

describe('what was published', () => {
  it('is kept, unless it was a state', async () => {
    await bed.add(instance.outbox, bed.state('s', 'sealed'), bed.message('a', '1'));
    await bed.allGone();
    expect(await bed.dataSource.query('SELECT key, value FROM outbox_published')).toEqual([{ key: 'a', value: '1' }]);
  });

  it('is deleted once it is old enough, by the instance that publishes', async () => {
    const retention = (isLeader: boolean): OutboxRetention =>
      new OutboxRetention(
        bed.dataSource,
        { isLeader },
        { outboxRetentionMs: HOUR },
        { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      );
    await sent(...numbers(2_500));
    await age(2);
    await sent('new');
    expect(await retention(false).prune()).toBe(0);
    expect(await retention(true).prune()).toBe(2_500);
    expect(await bed.dataSource.query('SELECT value FROM outbox_published')).toEqual([{ value: 'new' }]);
  });
});

describe('a resend', () => {
  it('sends again what was published since, in order, under the same ids, and is kept for as long as before', async () => {
    await sent('old');
    await age(3);
    const since = new Date();
    await sent(...numbers(1_300));
    await age(1);
    expect(await countPublished(bed.dataSource, { since: new Date(since.getTime() - HOUR) })).toBe(1_300);
    expect(await resend(bed.dataSource, { since: new Date(since.getTime() - HOUR) })).toBe(1_300);
    await bed.allGone();
    await eventually(() => expect(valuesOf('a')).toEqual(['old', ...numbers(1_300), ...numbers(1_300)]));
    expect(bed.records.every(({ headers, value }) => headers['ce_id'] === String(value))).toBe(true);
    expect(bed.records.filter(({ headers }) => headers['np-resent'] === 'true')).toHaveLength(1_300);
    expect(await kept()).toBe(1_301);
    const window = { since: new Date(since.getTime() - HOUR), until: new Date(since.getTime() - HOUR / 2) };
    expect(await countPublished(bed.dataSource, window)).toBe(1_300); // the same selection is the same events
  });

  it('takes what it asked for and nothing else', async () => {
    await sent('1');
    await bed.add(instance.outbox, bed.message('b', '2'));
    await bed.allGone();
    expect(await resend(bed.dataSource, { since: LONG_AGO, key: 'b' })).toBe(1);
    expect(await resend(bed.dataSource, { since: LONG_AGO, until: new Date(HOUR) })).toBe(0);
    expect(await resend(bed.dataSource, { since: new Date(Date.now() + HOUR) })).toBe(0);
    await bed.allGone();
    await eventually(() => expect(valuesOf('b')).toEqual(['2', '2']));
    expect(valuesOf('a')).toEqual(['1']);
  });

  it('takes nothing twice, although the relay sends at the same time', async () => {
    await sent(...numbers(1_000));
    const counts: number[] = [];
    const count = await resend(bed.dataSource, {
      since: LONG_AGO,
      onChunk: (sofar) => {
        counts.push(sofar);
        instance.outbox.wake();
      },
    });
    expect([count, counts]).toEqual([1_000, [500, 1_000]]);
    await bed.allGone();
    await eventually(() => expect(valuesOf('a')).toHaveLength(2_000));
  });

  it('may be stopped between two chunks', async () => {
    await sent(...numbers(1_000));
    const stop = new AbortController();
    const onChunk = (): void => stop.abort();
    expect(await resend(bed.dataSource, { since: LONG_AGO, onChunk, signal: stop.signal })).toBe(500);
    await bed.allGone();
    expect(await kept()).toBe(1_000);
  });

  it('brings back what was set aside, and only forgets a state', async () => {
    const large = 'x'.repeat(1_000_000);
    await bed.add(instance.outbox, bed.message('a', large), bed.state('s', large));
    await bed.allGone();
    await eventually(async () => expect(await bed.dataSource.query('SELECT 1 FROM outbox_set_aside')).toHaveLength(2));
    await bed.dataSource.query(`UPDATE outbox_set_aside SET value = 'smaller'`);
    expect(await resendSetAside(bed.dataSource, [bed.stateTopic])).toBe(2);
    await bed.allGone();
    await eventually(() => expect(valuesOf('a')).toEqual(['smaller']));
    expect(valuesOf('s')).toEqual([]);
    expect(await bed.dataSource.query('SELECT 1 FROM outbox_set_aside')).toEqual([]);
  });
});
