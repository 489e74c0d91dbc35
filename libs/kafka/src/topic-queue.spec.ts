import { describe, expect, it } from 'vitest';
import { MAX_SEND_BYTES, MAX_SEND_RECORDS, TopicQueue, type Pending } from './topic-queue.js';
import { inBackground } from '../../../test/support/in-background.js';

/** A queue whose sends end when told to. */
function queue(): {
  add: (name: string, bytes?: number) => Promise<void>;
  sends: string[][];
  finish: (error?: Error) => void;
} {
  const sends: string[][] = [];
  let ended: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const send = (batch: Pending[]): Promise<void> => {
    sends.push(batch.map(({ record }) => record.key!));
    return new Promise((resolve, reject) => (ended = { resolve, reject }));
  };
  const topic = new TopicQueue(send);
  return {
    sends,
    add: (name, bytes = 10) => topic.add({ key: name, value: null }, bytes),
    finish: (error) => (error ? ended!.reject(error) : ended!.resolve()),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a topic's queue", () => {
  it('has one send in flight, and puts what comes meanwhile into the next', async () => {
    const { add, sends, finish } = queue();
    const first = inBackground(add('a'));
    const second = inBackground(add('b'));
    await settled();
    const third = inBackground(add('c'));
    expect(sends).toEqual([['a', 'b']]);
    finish();
    await Promise.all([first, second]);
    await settled();
    expect(sends).toEqual([['a', 'b'], ['c']]);
    finish();
    await third;
  });

  it('bounds a send by records and by bytes', async () => {
    const { add, sends, finish } = queue();
    const many = Array.from({ length: MAX_SEND_RECORDS + 1 }, (_, n) => inBackground(add(String(n))));
    const large = [add('large', MAX_SEND_BYTES - 5), add('larger', MAX_SEND_BYTES)].map(inBackground);
    for (let n = 0; n < 4; n += 1) {
      await settled();
      finish();
    }
    await Promise.all([...many, ...large]);
    expect(sends.map((send) => send.length)).toEqual([MAX_SEND_RECORDS, 1, 1, 1]);
    expect(sends.flat()).toHaveLength(MAX_SEND_RECORDS + 3);
  });

  it('fails those of a failed send and goes on with the next', async () => {
    const { add, sends, finish } = queue();
    const first = inBackground(add('a'));
    await settled();
    const second = inBackground(add('b'));
    finish(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    finish();
    await second;
    expect(sends).toEqual([['a'], ['b']]);
  });

  it('forgets nothing that is added while it comes to rest', async () => {
    const topic = new TopicQueue(async () => undefined);
    for (let round = 0; round < 2_000; round += 1) {
      const first = inBackground(topic.add({ key: 'a', value: null }, 10));
      // at every microtask after the send, one after the other
      for (let step = 0; step < round % 12; step += 1) await Promise.resolve();
      await expect(Promise.all([first, topic.add({ key: 'b', value: null }, 10)])).resolves.toHaveLength(2);
    }
  });

  it('keeps order and loses none over thousands', async () => {
    const { add, sends, finish } = queue();
    const all = Array.from({ length: 5_000 }, (_, n) => inBackground(add(String(n))));
    for (let n = 0; n < Math.ceil(5_000 / MAX_SEND_RECORDS); n += 1) {
      await settled();
      finish();
    }
    await Promise.all(all);
    expect(sends.flat()).toEqual(Array.from({ length: 5_000 }, (_, n) => String(n)));
  });
});
