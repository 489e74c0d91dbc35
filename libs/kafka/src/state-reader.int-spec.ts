import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { UnreadableEvent } from '#libs/contracts';
import { StateReader, type InboundRecord, type StateReaderOptions } from './index.js';
import { connect, newTopic, type TestKafka } from './testing.suite.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function kafka(): Promise<TestKafka> {
  const made = await connect();
  closing.push(made.close);
  return made;
}

function read(
  { connection }: TestKafka,
  topic: string,
  groupPrefix = 'test.state',
  more: Partial<StateReaderOptions> = {},
): { reader: StateReader; state: Map<string, string>; unreadable: string[]; applied: string[] } {
  const state = new Map<string, string>();
  const applied: string[] = [];
  const unreadable: string[] = [];
  const apply = ({ key, value }: InboundRecord): void => {
    applied.push(`${key}=${String(value)}`);
    if (value === null) return void state.delete(key!);
    if (value.toString() === 'broken') throw new UnreadableEvent('broken');
    state.set(key!, value.toString());
  };
  const onFatal = (error: Error): void => {
    throw error;
  };
  const reader = new StateReader({
    connection,
    topic,
    groupPrefix,
    apply,
    onUnreadable: async ({ key }) => void unreadable.push(key!),
    onFatal,
    ...more,
  });
  closing.push(() => reader.stop());
  return { reader, state, unreadable, applied };
}

describe('a state reader', () => {
  it('has read everything when it has started, tombstones too', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3, true);
    await test.publisher.publish(
      topic,
      Array.from({ length: 500 }, (_, n) => ({ key: `k${n}`, value: 'first' })),
    );
    await test.publisher.publish(topic, [
      { key: 'k1', value: 'second' },
      { key: 'k2', value: null },
    ]);
    const { reader, state } = read(test, topic);
    await reader.start();
    expect(reader.health).toBe('ready');
    expect([state.size, state.get('k1'), state.has('k2')]).toEqual([499, 'second', false]);
  });

  it('is ready at once on an empty topic', async () => {
    const test = await kafka();
    const { reader, state } = read(test, await newTopic(test, 3, true));
    await reader.start();
    expect(state.size).toBe(0);
  });

  it('has applied, after the barrier, whatever was published before it', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3, true);
    const { reader, state } = read(test, topic);
    await reader.start();
    for (let n = 0; n < 100; n += 1) {
      await test.publisher.publish(topic, { key: 'k', value: String(n) });
      await Promise.all([reader.catchUp(), reader.catchUp()]);
      expect(state.get('k')).toBe(String(n));
    }
  });

  it('passes on what cannot be read and goes on', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const { reader, state, unreadable } = read(test, topic);
    await reader.start();
    await test.publisher.publish(topic, [
      { key: 'a', value: 'broken' },
      { key: 'b', value: 'fine' },
    ]);
    await reader.catchUp();
    expect([...state.keys(), ...unreadable]).toEqual(['b', 'a']);
  });

  it('takes nothing in twice when it joins anew and reads from the beginning again', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const prefix = `test.state.${randomUUID()}`;
    const { reader, applied } = read(test, topic, prefix);
    await test.publisher.publish(topic, [
      { key: 'a', value: '1' },
      { key: 'a', value: null },
      { key: 'b', value: '1' },
    ]);
    await reader.start();
    const groupId = await groupOf(test, prefix);
    await joinAndLeave(test, groupId, topic);
    await test.publisher.publish(topic, { key: 'b', value: '2' });
    await reader.catchUp(20_000);
    expect(applied).toEqual(['a=1', 'a=null', 'b=1', 'b=2']);
  });
});

async function groupOf({ connection }: TestKafka, prefix: string): Promise<string> {
  const { groups } = await (await connection.admin()).listGroups();
  return groups.map(({ groupId }) => groupId).find((groupId) => groupId.startsWith(prefix))!;
}

/** Another member, which makes the others join again as it comes and as it goes. */
async function joinAndLeave({ connection }: TestKafka, groupId: string, topic: string): Promise<void> {
  const member = connection.consumer({ groupId, sessionTimeout: 10_000, rebalanceTimeout: 20_000 });
  await member.connect();
  await member.subscribe({ topic });
  await member.run({ autoCommit: false, eachBatch: async () => undefined });
  await member.disconnect();
}
