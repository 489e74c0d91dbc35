import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { limitRecords } from '../../../test/support/record-limit.js';
import { OutboxBed, numbers } from './testing.suite.js';

let bed: OutboxBed;
beforeEach(async () => {
  bed = await OutboxBed.open();
});
afterEach(() => bed.close());

describe('a topic that the brokers refuse', () => {
  it('holds up no other, and what the others took is not sent to them again', async () => {
    const { outbox, connection } = bed.running();
    let tries = 0;
    connection.refuses = (topic) => topic === bed.stateTopic && (tries += 1) > 0;
    for (const n of numbers(5)) {
      const ids = await bed.add(outbox, bed.state('s', n), bed.message('a', n));
      expect(await outbox.published([ids[1]!], 10_000)).toBe(true);
    }
    await eventually(() => expect(tries).toBeGreaterThan(4));
    expect(await bed.left()).toBe(5);
    connection.refuses = () => false;
    await bed.allGone();
    await eventually(() => expect(bed.firsts('s')).toEqual(numbers(5)));
    expect(bed.records.filter(({ key }) => key === 'a').map(({ value }) => String(value))).toEqual(numbers(5));
  });

  it('holds up no other with more messages than are read at once', async () => {
    const { outbox, connection } = bed.instance();
    connection.refuses = (topic) => topic === bed.stateTopic;
    await bed.add(outbox, ...numbers(1_200).map((n) => bed.state(n, n)), bed.message('a', 'behind them'));
    outbox.start();
    await eventually(() => expect(bed.firsts('a')).toEqual(['behind them']));
    connection.refuses = () => false;
    await bed.allGone();
  });

  it('holds up no other where it only takes long', async () => {
    const { outbox, connection, log } = bed.running();
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    connection.delays = (topic) => (topic === bed.stateTopic ? slow : undefined);
    await bed.add(outbox, bed.state('s', 'slow'));
    for (const n of numbers(3))
      expect(await outbox.published(await bed.add(outbox, bed.message('a', n)), 10_000)).toBe(true);
    expect(await bed.left()).toBe(1);
    answer();
    await bed.allGone();
    expect(log).toEqual([]);
  });

  it('is created again where it vanished, and holds up no other meanwhile', async () => {
    const { outbox, connection } = bed.running();
    expect(await outbox.published(await bed.add(outbox, bed.state('s', '0')), 10_000)).toBe(true);
    const admin = await connection.admin();
    await admin.deleteTopics({ topics: [bed.stateTopic] });
    await eventually(async () => expect(await admin.listTopics()).not.toContain(bed.stateTopic));
    await bed.add(outbox, bed.state('s', '1'));
    for (const n of numbers(3))
      expect(await outbox.published(await bed.add(outbox, bed.message('a', n)), 5_000)).toBe(true);
    await bed.allGone();
    expect(await admin.listTopics()).toContain(bed.stateTopic);
    expect(bed.records.filter(({ key }) => key === 'a')).toHaveLength(3);
  });
});

describe('a record that the brokers never take', () => {
  it.each([
    ['because of its size alone', 'x'.repeat(1_000_000)],
    ['by the word of the brokers', 'x'.repeat(60_000)],
  ])('is set aside %s, kept and said, and the others go out in their order', async (_, tooLarge) => {
    const { outbox, log, registry } = bed.instance();
    await limitRecords(bed.kafka, { topic: bed.topic, bytes: 50_000 });
    const ids = await bed.add(
      outbox,
      ...numbers(7).map((n) => bed.message('a', n)),
      bed.message('a', tooLarge, { ce_id: 'too-large' }),
      ...numbers(6, 7).map((n) => bed.message('a', n)),
    );
    outbox.start();
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(numbers(13)));
    expect(log.map(({ event, level }) => [event, level])).toEqual([['outbox.set-aside', 'error']]);
    expect(await registry.getSingleMetricAsString('outbox_set_aside')).toMatch(/^outbox_set_aside 1$/m);
    expect(
      await bed.dataSource.query(`SELECT id, key, headers, length(value) AS length FROM outbox_set_aside`),
    ).toEqual([{ id: ids[7], key: 'a', headers: { ce_id: 'too-large' }, length: tooLarge.length }]);
    expect(await outbox.published([ids[7]!], 100)).toBe(false);
  });

  it('is said, but not piled up, where it is a state', async () => {
    const { outbox } = bed.running();
    await limitRecords(bed.kafka, { topic: bed.stateTopic, bytes: 50_000, policy: 'compact' });
    for (const size of [60_000, 70_000])
      await bed.add(outbox, bed.state('s', 'x'.repeat(size)), bed.state('t', 'x'.repeat(size)));
    await bed.allGone();
    await eventually(async () =>
      expect(
        await bed.dataSource.query(`SELECT key, length(value) AS length FROM outbox_set_aside ORDER BY key`),
      ).toEqual([
        { key: 's', length: 70_000 },
        { key: 't', length: 70_000 },
      ]),
    );
  });

  it('may be for a topic that can never be', async () => {
    const { outbox } = bed.running();
    await bed.add(outbox, { ...bed.message('a', 'x'), topic: 'not/a topic' }, bed.message('a', '1'));
    await bed.allGone();
    await eventually(() => expect(bed.firsts('a')).toEqual(['1']));
  });
});

it('a message for a topic that is not ours waits, and holds up nobody', async () => {
  const { outbox } = bed.running();
  await bed.add(outbox, { ...bed.message('a', 'x'), topic: `test.not-there.${randomUUID()}` });
  for (const n of numbers(3))
    expect(await outbox.published(await bed.add(outbox, bed.message('a', n)), 10_000)).toBe(true);
  expect(await bed.left()).toBe(1);
});

describe('a state that reaches its topic more than a second after it was saved', () => {
  const savedAgo = (key: string): (number | undefined)[] =>
    bed.records
      .filter((record) => record.key === key)
      .map(({ headers, timestamp }) =>
        headers['np-saved-at'] === undefined ? undefined : timestamp - Number(headers['np-saved-at']),
      );

  it('says when it was saved; one in time does not, and no event does', async () => {
    const { outbox, connection } = bed.running();
    expect(await outbox.published(await bed.add(outbox, bed.state('in time', '1')), 15_000)).toBe(true);
    connection.refuses = (topic) => topic === bed.stateTopic;
    await bed.add(outbox, bed.state('late', '1'));
    await bed.dataSource.query(`UPDATE outbox SET created_at = created_at - interval '1 minute'`);
    connection.refuses = () => false;
    await bed.allGone();
    await bed.add(bed.instance().outbox, bed.message('event', '1'));
    await bed.dataSource.query(`UPDATE outbox SET created_at = created_at - interval '1 minute'`);
    outbox.wake();
    await bed.allGone();
    await eventually(() => expect(bed.records).toHaveLength(3));
    expect([savedAgo('in time'), savedAgo('event')]).toEqual([[undefined], [undefined]]);
    expect(savedAgo('late')[0]).toBeGreaterThanOrEqual(60_000);
    expect(savedAgo('late')[0]).toBeLessThan(120_000);
  });

  it('says so also where only the send took long: it is sent once more', async () => {
    const { outbox, connection } = bed.running();
    let answer = (): void => undefined;
    let asked = 0;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    connection.delays = () => ((asked += 1) === 1 ? slow : undefined);
    const ids = await bed.add(outbox, bed.state('s', '1'));
    expect(await outbox.published(ids, 1_500)).toBe(false);
    answer();
    await bed.allGone();
    await eventually(() => expect(bed.records).toHaveLength(2));
    expect(savedAgo('s')).toEqual([undefined, expect.any(Number)]);
    expect(savedAgo('s')[1]).toBeGreaterThan(1_000);
    expect(bed.firsts('s')).toEqual(['1']);
  });
});
