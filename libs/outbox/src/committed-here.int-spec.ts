import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxBed, numbers, type Instance } from './testing.suite.js';

let bed: OutboxBed;
beforeEach(async () => {
  bed = await OutboxBed.open();
});
afterEach(() => bed.close());

/** Writes a message by one statement, as a service does that has no transaction for it; what follows the commit is the caller's. */
async function write({ outbox }: Instance, value: string): Promise<() => void> {
  const before = outbox.inFlight();
  const message = bed.message('a', value);
  const [row] = await bed.dataSource.query<[{ id: string; others: boolean }]>(
    `WITH sent AS (INSERT INTO outbox (topic, key, value, headers) VALUES ($1, $2, $3, '{}') RETURNING id)
     SELECT sent.id, (SELECT id FROM outbox WHERE topic = $1 AND id <> ALL($4::bigint[]) ORDER BY id LIMIT 1) IS NOT NULL AS others FROM sent`,
    [message.topic, message.key, message.value, before.ids],
  );
  return () => outbox.committed([{ ...message, id: row.id }], before, row.others);
}

async function commit(instance: Instance, value: string): Promise<void> {
  (await write(instance, value))();
}

async function leading(): Promise<Instance> {
  const instance = bed.instance();
  instance.outbox.start();
  await eventually(() => expect(instance.outbox.isLeader).toBe(true));
  return instance;
}

/** So that the relay can neither read the table nor note anything in it. */
async function holdTable(): Promise<() => Promise<void>> {
  const holding = bed.dataSource.createQueryRunner();
  await holding.startTransaction();
  await holding.query('LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await holding.rollbackTransaction();
    await holding.release();
  };
}

describe('a message that the publishing instance has committed itself', () => {
  it('goes out without being read, once, and is noted', async () => {
    const instance = await leading();
    const committed = await Promise.all(numbers(1).map((value) => write(instance, value)));
    const letGo = await holdTable();
    for (const done of committed) done();
    await eventually(() => expect(bed.firsts('a')).toEqual(['0']));
    await letGo();
    await bed.allGone();
    const kept = await bed.dataSource.query<unknown[]>('SELECT value FROM outbox_published');
    expect(kept).toEqual([{ value: '0' }]);
    expect(bed.records).toHaveLength(1);
  });

  it('waits for older ones that only the table knows of', async () => {
    const instance = await leading();
    await bed.add(instance.outbox, bed.message('a', '0')); // nobody told the relay
    await commit(instance, '1');
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(['0', '1']));
  });

  it('is left to the table where its topic was refused, and passes nothing that was refused before', async () => {
    const instance = await leading();
    const { connection } = instance;
    connection.refuses = () => true;
    await commit(instance, '0');
    const second = await write(instance, '1'); // as long as the first one is in flight
    await eventually(() => expect(instance.log.map(({ event }) => event)).toContain('outbox.waits'));
    connection.refuses = () => false;
    const letGo = await holdTable();
    await eventually(async () => expect(await bed.blocked()).toBe(1)); // it would read what it may try again
    second();
    await letGo();
    await commit(instance, '2');
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(['0', '1', '2']));
  });

  it('is published by the other instance where that one leads', async () => {
    await leading();
    const other = bed.instance();
    other.outbox.start();
    await commit(other, '0');
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(['0']));
  });

  it('goes out by the next leader where the session is lost before its turn', async () => {
    const instance = await leading();
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    instance.connection.delays = () => slow;
    for (const value of numbers(3)) await commit(instance, value);
    expect(await bed.endLeader()).toBe(1);
    await eventually(() => expect(instance.outbox.isLeader).toBe(false));
    answer();
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(numbers(3)));
  });
});

it('messages of all ways that follow each other keep their order, whatever is refused meanwhile', async () => {
  const [first, second] = [await leading(), bed.instance()];
  second.outbox.start();
  const ways = [
    (value: string) => commit(first, value),
    (value: string) => commit(first, value),
    async (value: string) => {
      await bed.add(first.outbox, bed.message('a', value));
      first.outbox.wake();
    },
    async (value: string) => {
      await bed.add(second.outbox, bed.message('a', value));
      second.outbox.wake();
    },
    (value: string) => commit(second, value),
  ];
  let sends = 0;
  for (const { connection } of [first, second]) connection.refuses = () => (sends += 1) % 7 === 0;
  for (const value of numbers(400))
    await ways[(Number(value) * 7 + Math.floor(Number(value) / 11)) % ways.length]!(value);
  await bed.allGone();
  await eventually(() => expect(bed.firsts('a')).toEqual(numbers(400)));
  expect(sends).toBeGreaterThan(20);
});
