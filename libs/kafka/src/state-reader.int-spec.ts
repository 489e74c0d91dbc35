import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import type { StateReaderOptions } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { readStates, type Reading } from './state-reader.suite.js';
import { partitionFor } from './partitioner.js';
import { grow, newTopic, type TestKafka } from './testing.suite.js';

const { closing, kafka } = kafkaOfEachTest();

function read({ connection }: TestKafka, topic: string, more: Partial<StateReaderOptions> = {}): Reading {
  const reading = readStates(connection, topic, more);
  closing.push(() => reading.reader.stop());
  return reading;
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

  it('has applied, after the barrier, what was published on a partition that the topic was given a moment ago', async () => {
    const [test, owner] = [await kafka(), await kafka()];
    const topic = await newTopic(test, 3, true);
    const { reader, state } = read(test, topic);
    await reader.start();
    await reader.catchUp();
    await grow(owner, topic, 6);
    const key = Array.from({ length: 100 }, (_, n) => `k${n}`).find((one) => partitionFor(one, 6) === 5)!;
    await owner.publisher.publish(topic, { key, value: 'new', partition: 5 });
    await eventually(() => reader.catchUp(20_000)); // an outage while the new partition has no leader yet; never a success with less
    expect(state.get(key)).toBe('new');
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

  it('takes nothing in twice when it joins again and reads from the beginning again', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const prefix = `test.state.${randomUUID()}`;
    const { reader, applied } = read(test, topic, { groupPrefix: prefix });
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
