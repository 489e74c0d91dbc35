import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxBed, quietRoute, type Instance } from './testing.suite.js';
import { expectInTime } from '../../../test/support/expect-in-time.js';

let bed: OutboxBed;
beforeEach(async () => {
  bed = await OutboxBed.open();
});
afterEach(() => bed.close());

/** Counts what an instance sends, and lets it through. */
function counting({ connection }: Instance): () => number {
  let sends = 0;
  connection.refuses = () => (sends += 1) < 0;
  return () => sends;
}

/** Sends a message through the table and sees it out. */
async function passThrough(instance: Instance, value: string): Promise<void> {
  expect(await instance.outbox.published(await bed.add(instance.outbox, bed.message('a', value)), 15_000)).toBe(true);
}

describe('of two instances', () => {
  it('one publishes, and the other once the first has stopped', async () => {
    const [first, second] = [bed.instance(), bed.instance()];
    const [byFirst, bySecond] = [counting(first), counting(second)];
    first.outbox.start();
    await passThrough(first, '1');
    second.outbox.start();
    for (const value of ['2', '3']) await passThrough(second, value);
    expect([byFirst(), bySecond()]).toEqual([3, 0]);
    await first.close();
    await passThrough(second, '4');
    expect([byFirst(), bySecond()]).toEqual([3, 1]);
    await eventually(() => expect(bed.firsts('a')).toEqual(['1', '2', '3', '4']));
  });

  it('the one that does not publish wakes the one that does, after each commit', async () => {
    const [first, second] = [bed.instance(), bed.instance()];
    first.outbox.start();
    await passThrough(first, 'first');
    second.outbox.start();
    await passThrough(second, 'second');
    const slowestOf = async (key: string): Promise<number> => {
      const took: number[] = [];
      for (let n = 0; n < 40; n += 1) {
        const ids = await bed.add(second.outbox, bed.message(key, String(n)));
        const began = performance.now();
        expect(await second.outbox.published(ids, 15_000)).toBe(true);
        took.push(performance.now() - began);
      }
      return Math.max(...took);
    };
    // a slower one waited for the look that comes each second
    await expectInTime(900, async () => Math.max(...(await Promise.all(['k0', 'k1', 'k2', 'k3'].map(slowestOf)))));
  });

  it('wakes it again for a commit that came while it was being woken', async () => {
    const first = bed.instance();
    first.outbox.start();
    await passThrough(first, 'first');
    let notified = 0;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const dataSource = Object.create(bed.dataSource, {
      query: {
        value: async (sql: string, values?: unknown[]) => {
          const rows: unknown = await bed.dataSource.query(sql, values);
          if (sql.startsWith('NOTIFY') && (notified += 1) === 1) await answered;
          return rows;
        },
      },
    }) as typeof bed.dataSource;
    const second = bed.instance({ dataSource });
    await bed.add(second.outbox, bed.message('a', '1'));
    second.outbox.wake();
    await eventually(async () => expect(await bed.left()).toBe(0)); // it was heard, and acted on
    await bed.add(second.outbox, bed.message('a', '2'));
    second.outbox.wake();
    expect(notified).toBe(1);
    answer();
    await eventually(() => expect(notified).toBe(2));
    await eventually(() => expect(bed.firsts('a')).toEqual(['first', '1', '2']));
  });
});

describe('a relay', () => {
  it('that dies between sending and deleting has it sent again by the next one, under the same id', async () => {
    const route = await quietRoute(bed.database.url);
    const [first, second] = [bed.instance({ databaseUrl: route.url }), bed.instance()];
    const holding = bed.dataSource.createQueryRunner();
    try {
      await bed.add(first.outbox, bed.message('a', '1', { ce_id: 'e1' }));
      await holding.startTransaction();
      await holding.query('SELECT 1 FROM outbox FOR UPDATE'); // the delete waits behind this
      first.outbox.start();
      await eventually(() => expect(bed.records).toHaveLength(1));
      await eventually(async () => expect(await bed.blocked()).toBe(1));
      route.silence();
      expect(await bed.endLeader()).toBe(1);
      await holding.rollbackTransaction();
      second.outbox.start();
      await eventually(async () => expect(await bed.left()).toBe(0));
      await eventually(() => expect(bed.records.map(({ headers }) => headers['ce_id'])).toEqual(['e1', 'e1']));
    } finally {
      await holding.release();
      await first.close();
      await route.close();
    }
  });

  it('does not send again what it knows it has sent', async () => {
    const instance = bed.instance();
    const holding = bed.dataSource.createQueryRunner();
    await bed.add(instance.outbox, bed.message('a', '1'));
    await holding.startTransaction();
    await holding.query('SELECT 1 FROM outbox FOR UPDATE');
    instance.outbox.start();
    await eventually(() => expect(bed.records).toHaveLength(1));
    await eventually(async () => expect(await bed.blocked()).toBe(1));
    expect(await bed.endLeader()).toBe(1);
    await holding.rollbackTransaction();
    await holding.release();
    await passThrough(instance, '2');
    await eventually(() => expect(bed.records.map(({ value }) => String(value))).toEqual(['1', '2']));
  });

  it('leaves a connection that has gone silent', async () => {
    const route = await quietRoute(bed.database.url);
    const instance = bed.instance({ databaseUrl: route.url });
    try {
      instance.outbox.start();
      await passThrough(instance, '1');
      route.silence();
      await bed.add(instance.outbox, bed.message('a', '2'));
      await eventually(() => expect(bed.firsts('a')).toEqual(['1', '2']));
    } finally {
      await instance.close();
      await route.close();
    }
  });

  it('goes on by itself after its session was ended, as often as that happens', async () => {
    const instance = bed.instance();
    instance.outbox.start();
    for (const value of ['1', '2', '3', '4']) {
      await passThrough(instance, value);
      expect(await bed.endLeader()).toBe(1);
    }
    await passThrough(instance, '5');
    await eventually(() => expect(bed.firsts('a')).toEqual(['1', '2', '3', '4', '5']));
    const sessions = await bed.dataSource.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE application_name = 'nitropush-test-outbox' AND datname = current_database()`,
    );
    expect(sessions).toHaveLength(1);
  });
});

describe('the queue', () => {
  it('stays small, however much has passed through it', async () => {
    const ROUNDS = 6;
    const instance = bed.instance();
    instance.outbox.start();
    const size = async (): Promise<number> => {
      const [row] = await bed.dataSource.query<{ size: number }[]>(
        `SELECT pg_relation_size('outbox')::integer AS size`,
      );
      return row!.size;
    };
    const sizes: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const messages = Array.from({ length: 1_000 }, (_, n) => bed.message(`key-${n}`, 'x'.repeat(500)));
      expect(await instance.outbox.published(await bed.add(instance.outbox, ...messages), 60_000)).toBe(true);
      sizes.push(await size());
    }
    // what is gone is cleared away by the time that the next thousand has passed
    expect(sizes.at(-1)).toBeLessThan(3 * sizes[0]!);
  });
});
