import { describe, expect, it } from 'vitest';
import { UnreadableEvent } from '#libs/contracts';
import { FakePublisher, messages, quiet } from './fakes.suite.js';
import { KafkaUnavailable } from './outage.js';
import { PartitionWork } from './partition-work.js';
import { MAX_RECORD_BYTES, sizeOf } from './record-size.js';
import type { InboundRecord } from './records.js';

function work(maxTries = 1): { work: PartitionWork; publisher: FakePublisher; finished: () => number } {
  const publisher = new FakePublisher();
  let finished = 0;
  const policy = { publisher, deadLetterTopic: (topic: string) => `${topic}.dlq`, maxTries };
  const made = new PartitionWork('t', 0, { policy, logger: quiet, onFinished: (count) => (finished += count) });
  return { work: made, publisher, finished: () => finished };
}

const numbers = (records: InboundRecord[]): number[] => records.map(({ value }) => Number(value!.toString()));

describe('records in order', () => {
  it('go in chunks, one at a time: what comes meanwhile is merged', async () => {
    const { work: it } = work();
    const chunks: number[][] = [];
    const ends: (() => void)[] = [];
    const handle = (records: InboundRecord[]): Promise<void> => {
      chunks.push(numbers(records));
      return new Promise((resolve) => ends.push(resolve));
    };
    for (const [from, to] of [
      [0, 2],
      [2, 4],
      [4, 6],
    ] as const)
      it.inOrder(it.accept(messages(from, to)), handle);
    expect(chunks).toEqual([[0, 1]]);
    ends[0]!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(chunks).toEqual([
      [0, 1],
      [2, 3, 4, 5],
    ]);
    ends[1]!();
    await it.idle();
    expect(it.tracker.lowest).toBe(6);
  });

  it('are all handled in order but the one that cannot be, in few calls', async () => {
    const { work: it, publisher, finished } = work();
    const handled: number[] = [];
    let calls = 0;
    it.inOrder(it.accept(messages(0, 1_000)), async (records) => {
      calls += 1;
      if (numbers(records).includes(700)) throw new UnreadableEvent('broken');
      handled.push(...numbers(records));
    });
    await it.idle();
    expect(handled).toEqual(Array.from({ length: 1_000 }, (_, n) => n).filter((n) => n !== 700));
    expect(publisher.published.map(({ topic, record }) => [topic, String(record.value)])).toEqual([['t.dlq', '700']]);
    expect([it.tracker.size, finished()]).toEqual([0, 1_000]);
    expect(calls).toBeLessThan(25);
  });

  it('go again together after an outage', async () => {
    const { work: it } = work();
    const sizes: number[] = [];
    it.inOrder(it.accept(messages(0, 500)), async (records) => {
      sizes.push(records.length);
      if (sizes.length < 3) throw new KafkaUnavailable('away');
    });
    await it.idle();
    expect(sizes).toEqual([500, 500, 500]);
    expect(it.tracker.size).toBe(0);
  });

  it('stop when the partition is lost amid an outage', async () => {
    const { work: it, finished } = work();
    let calls = 0;
    it.inOrder(it.accept(messages(0, 10)), async () => {
      calls += 1;
      it.release();
      throw new KafkaUnavailable('away');
    });
    await it.idle();
    expect([calls, finished(), it.running]).toEqual([1, 0, 0]);
  });
});

describe('a dead letter', () => {
  const failed = async (value: string, failures = 0): Promise<ReturnType<typeof work>> => {
    const made = work();
    made.publisher.failures = failures;
    const [message] = messages(7, 8);
    const taken = made.work.accept([{ ...message!, key: Buffer.from('k'), value: Buffer.from(value) }]);
    made.work.inOrder(taken, async () => {
      throw new UnreadableEvent('broken');
    });
    await made.work.idle();
    return made;
  };

  it('is the record as it was, and what is wrong with it', async () => {
    const { publisher } = await failed('bytes');
    expect(publisher.published).toEqual([
      {
        topic: 't.dlq',
        record: {
          key: 'k',
          value: Buffer.from('bytes'),
          headers: {
            'np-original-topic': 't',
            'np-original-partition': '0',
            'np-original-offset': '7',
            'np-error-code': 'unreadable',
            'np-error-reason': 'broken',
          },
        },
      },
    ]);
  });

  it('of a record that is too large says only where it lies, and holds up nothing', async () => {
    const { publisher, work: it } = await failed('x'.repeat(MAX_RECORD_BYTES));
    const { record } = publisher.published[0]!;
    expect(record).toMatchObject({ key: 'k', value: null, headers: { 'np-original-offset': '7' } });
    expect(Number(record.headers!['np-omitted-bytes'])).toBeGreaterThan(MAX_RECORD_BYTES);
    expect(sizeOf(record)).toBeLessThan(2_000);
    expect(it.tracker.lowest).toBe(8);
  });

  it('is sent until it is taken: given up, it would be lost', async () => {
    const { publisher, work: it } = await failed('bytes', 2);
    expect(publisher.published).toHaveLength(1);
    expect(it.tracker.lowest).toBe(8);
  });
});
