import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxBed, numbers } from './testing.suite.js';

let bed: OutboxBed;
beforeEach(async () => {
  bed = await OutboxBed.open();
});
afterEach(() => bed.close());

describe('a message in the outbox', () => {
  it('goes out with its key and headers once its transaction has committed', async () => {
    const { outbox } = bed.running();
    const ids = await bed.add(outbox, bed.message('a', '{"n":1}', { ce_id: 'e1' }), bed.message('a', null));
    expect(ids).toHaveLength(2);
    expect(await outbox.published(ids, 10_000)).toBe(true);
    await eventually(() => expect(bed.records).toHaveLength(2));
    expect(bed.records.map(({ key, value, headers }) => [key, value?.toString() ?? null, headers['ce_id']])).toEqual([
      ['a', '{"n":1}', 'e1'],
      ['a', null, undefined],
    ]);
    await bed.allGone();
  });

  it('stays at home where the transaction was rolled back', async () => {
    const { outbox } = bed.running();
    const rolledBack = bed.dataSource.transaction(async (manager) => {
      await outbox.add(manager, [bed.message('a', 'never')]);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await outbox.published(await bed.add(outbox, bed.message('a', 'after')), 10_000)).toBe(true);
    await eventually(() => expect(bed.firsts('a')).toEqual(['after']));
  });

  it('is found by looking where nobody was woken', async () => {
    const { outbox } = bed.running();
    await bed.add(outbox, bed.message('a', '1'));
    await eventually(() => expect(bed.firsts('a')).toEqual(['1']));
  });

  it('keeps the order of its key under concurrent writers', async () => {
    const { outbox } = bed.running();
    const writers = ['a', 'b', 'c', 'd', 'e', 'f'].map(async (key) => {
      for (const n of numbers(100)) {
        await bed.add(outbox, bed.message(key, n));
        outbox.wake();
      }
    });
    await Promise.all(writers);
    await bed.allGone();
    await eventually(() => {
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) expect(bed.firsts(key)).toEqual(numbers(100));
    });
  });

  it('is known to be published also where it left before anybody asked', async () => {
    const { outbox } = bed.running();
    const ids = await bed.add(outbox, bed.message('a', '1'));
    await bed.allGone(); // only the one that publishes deletes
    expect(await outbox.published(ids, 5_000)).toBe(true);
  });

  it('is said not to be published in time where it is not', async () => {
    const { outbox, connection } = bed.running();
    connection.refuses = () => true;
    expect(await outbox.published(await bed.add(outbox, bed.message('a', '1')), 200)).toBe(false);
  });
});

describe('when Kafka is away', () => {
  it('the outbox keeps everything, says so once, and sends it in order afterwards', async () => {
    const { outbox, connection, log, registry } = bed.running();
    let tries = 0;
    connection.refuses = () => (tries += 1) > 0;
    for (const n of numbers(20)) await bed.add(outbox, bed.message('a', n));
    outbox.wake();
    await eventually(() => expect(tries).toBeGreaterThan(3));
    expect(await bed.left()).toBe(20);
    expect(await registry.getSingleMetricAsString('outbox_pending')).toMatch(/^outbox_pending 20$/m);
    connection.refuses = () => false;
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(numbers(20)));
    expect(log.map(({ event }) => event)).toEqual(['outbox.waits', 'outbox.recovered']);
  });

  it('new messages do not make it try more often', async () => {
    const { outbox, connection } = bed.running();
    let tries = 0;
    connection.refuses = () => (tries += 1) > 0;
    await bed.add(outbox, bed.message('a', '0'));
    await eventually(() => expect(tries).toBe(1));
    for (const n of numbers(300, 1)) {
      await bed.add(outbox, bed.message('a', n));
      outbox.wake();
    }
    expect(tries).toBeLessThan(100); // it waits up to 5 s between two; how many that are depends on the machine
    connection.refuses = () => false;
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(numbers(301)));
  });

  it('what follows a refused send does not overtake it', async () => {
    const { outbox, connection } = bed.instance();
    let sends = 0;
    connection.refuses = () => (sends += 1) === 1;
    await bed.add(outbox, ...numbers(900).map((n) => bed.message('a', n)));
    outbox.start();
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toHaveLength(900));
    expect(bed.firsts('a')).toEqual(numbers(900));
  });
});

describe('a backlog', () => {
  it('of long texts whose characters take three bytes each goes out', async () => {
    const { outbox } = bed.instance();
    const text = '发'.repeat(4_000);
    await bed.add(outbox, ...numbers(200).map((n) => bed.message('a', `${n} ${text}`)));
    outbox.start();
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a').map((value) => value.split(' ')[0])).toEqual(numbers(200)));
  });

  it('does not keep a service that stops: the rest is left to the next one', async () => {
    const instance = bed.instance();
    let stopping: Promise<void> | undefined;
    instance.connection.refuses = () => {
      stopping ??= instance.close();
      return false;
    };
    await bed.add(instance.outbox, ...numbers(3_000).map((n) => bed.message('a', n)));
    instance.outbox.start();
    await eventually(() => expect(stopping).toBeDefined());
    await stopping;
    expect(await bed.left()).toBeGreaterThan(1_500);
    bed.running();
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(numbers(3_000)));
  });
});
