import { describe, expect, it } from 'vitest';
import { FakePublisher, messages, quiet } from './fakes.suite.js';
import { PartitionTable } from './partition-table.js';
import { inBackground } from '../../../test/support/in-background.js';

/** A table whose records end when the test says so. */
function table(limits: { maxInFlight: number; maxInFlightPerPartition: number }): {
  table: PartitionTable;
  /** Takes the records in; answers with what ends the first `count` of them that have not ended. */
  take: (partition: number, from: number, to: number) => (count: number) => Promise<void>;
  paused: Set<number>;
} {
  const paused = new Set<number>();
  const made = new PartitionTable({
    ...limits,
    policy: { publisher: new FakePublisher(), deadLetterTopic: (topic) => `${topic}.dlq` },
    logger: quiet,
    pause: (_, partition) => paused.add(partition),
    resume: (_, partition) => paused.delete(partition),
  });
  const take = (partition: number, from: number, to: number): ((count: number) => Promise<void>) => {
    const ends: (() => void)[] = [];
    const taken = made.take('t', partition, messages(from, to));
    taken?.work.each(taken.records, () => new Promise((resolve) => ends.push(resolve)));
    return async (count) => {
      for (const end of ends.splice(0, count)) end();
      await new Promise((resolve) => setImmediate(resolve));
    };
  };
  return { table: made, take, paused };
}

const assigned = (...partitions: number[]): Map<string, Set<number>> => new Map([['t', new Set(partitions)]]);

describe('a partition table', () => {
  it('pauses a partition that has too much in flight, and resumes it at half', async () => {
    const { take, paused, table: it } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 10 });
    take(1, 0, 9);
    const end = take(0, 0, 10);
    expect([...paused]).toEqual([0]);
    await end(5);
    expect([...paused]).toEqual([0]);
    await end(1);
    expect([...paused]).toEqual([]);
    expect(it.inFlight).toBe(13);
  });

  it('resumes a partition whose own records hang once others have made room', async () => {
    const { take, paused } = table({ maxInFlight: 20, maxInFlightPerPartition: 1_000 });
    const end = take(0, 0, 18);
    take(1, 0, 3);
    expect([...paused]).toEqual([1]);
    await end(18);
    expect([...paused]).toEqual([]);
  });

  it('takes nothing twice of a partition that stays, and lets go of one that does not', async () => {
    const { table: it, take } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 1_000 });
    take(0, 0, 5);
    const end = take(1, 0, 5);
    const other = it.take('t', 1, messages(5, 6))!;
    it.assign(assigned(0));
    expect(it.inFlight).toBe(5);
    expect(other.records[0]!.owned).toBe(false);
    expect(it.take('t', 0, messages(0, 7))?.records.map(({ offset }) => offset)).toEqual(['5', '6']);
    await end(5);
    expect(it.inFlight).toBe(7);
    expect(it.take('t', 1, messages(0, 2))?.records).toHaveLength(2);
  });

  it('resumes what it lets go, and pauses again what stays full after a join', () => {
    const { table: it, take, paused } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 5 });
    take(0, 0, 5);
    take(1, 0, 5);
    paused.clear(); // as kafkajs forgets it when it starts anew
    it.assign(assigned(0));
    expect([...paused]).toEqual([0]);
  });

  it('says what to commit: again after a join, nothing of what is gone', async () => {
    const { table: it, take } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 1_000 });
    const end = take(0, 0, 5);
    take(1, 0, 5);
    await end(3);
    const due = it.due();
    expect(due.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 3],
      [1, 0],
    ]);
    for (const { markCommitted } of due) markCommitted();
    expect(it.due()).toEqual([]);
    it.assign(assigned(0));
    expect(it.due().map(({ partition, offset }) => [partition, offset])).toEqual([[0, 3]]);
  });

  it('takes a forgotten partition from any offset, and sees to its end what it took before', async () => {
    const { table: it, take, paused } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 5 });
    const end = take(0, 10, 15);
    take(1, 0, 1);
    expect([...paused]).toEqual([0]);
    it.forget('t', new Set([0]));
    expect([[...paused], it.inFlight]).toEqual([[], 6]);
    const again = take(0, 0, 3);
    await end(5);
    expect(it.inFlight).toBe(4);
    await again(3);
    expect(it.due().map(({ partition, offset }) => [partition, offset])).toEqual([
      [1, 0],
      [0, 3],
    ]);
  });

  it('lets go of what it took before a partition was forgotten, once that goes elsewhere', () => {
    const { table: it } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 1_000 });
    const before = it.take('t', 0, messages(10, 12))!;
    it.forget('t', new Set([0]));
    it.assign(assigned(0));
    expect(before.records[0]!.owned).toBe(true);
    it.assign(assigned(1));
    expect([before.records[0]!.owned, it.inFlight]).toEqual([false, 0]);
  });

  it('ends when what runs has ended, begins nothing more, and waits no longer than it may', async () => {
    const { table: it, take } = table({ maxInFlight: 1_000, maxInFlightPerPartition: 1_000 });
    const end = take(0, 0, 2);
    const drained = inBackground(it.drain(10_000));
    expect(it.take('t', 0, messages(2, 3))).toBeUndefined();
    await end(2);
    await drained;
    expect(it.due().map(({ offset }) => offset)).toEqual([2]);
    const hanging = table({ maxInFlight: 1_000, maxInFlightPerPartition: 1_000 });
    hanging.take(0, 0, 1);
    await hanging.table.drain(50);
    expect(hanging.table.due().map(({ offset }) => offset)).toEqual([0]);
  });
});
