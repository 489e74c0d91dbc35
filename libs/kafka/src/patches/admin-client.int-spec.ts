import { expect, it } from 'vitest';
import { keepTrying } from '../outage.js';
import { connect, grow, newTopic } from '../testing.suite.js';

it('asks for the ends of a topic by one request once it knows who leads', async () => {
  const test = await connect();
  try {
    const topic = await newTopic(test, 3);
    const admin = await test.connection.admin();
    const asked: string[] = [];
    admin.on(admin.events.REQUEST, ({ payload }) => void asked.push(payload.apiName));
    const publish = (key: string): Promise<void> => test.publisher.publish(topic, { key, value: '' });
    const ends = async (): Promise<number> =>
      (await admin.fetchTopicEnds(topic)).reduce((sum, { end }) => sum + end, 0);

    await publish('a');
    expect(await ends()).toBe(1);
    await publish('b');
    asked.length = 0;
    expect(await ends()).toBe(2);
    expect(asked).toEqual(['ListOffsets']);
  } finally {
    await test.close();
  }
});

it('knows the ends of partitions that a topic was given a moment ago', async () => {
  const test = await connect();
  const other = await connect();
  try {
    const topic = await newTopic(test, 3);
    const admin = await test.connection.admin();
    expect(await admin.fetchTopicEnds(topic)).toHaveLength(3);
    await grow(other, topic, 6);
    await other.publisher.publish(topic, { key: 'a', value: '', partition: 5 });
    // the leader of another new partition may not serve it yet, which is an outage, as it is to readers
    const ends = await keepTrying(() => admin.fetchTopicEnds(topic), { signal: () => true });
    expect(ends.toSorted((a, b) => a.partition - b.partition).map(({ end }) => end)).toEqual([0, 0, 0, 0, 0, 1]);
  } finally {
    await test.close();
    await other.close();
  }
});

it('says why not where there is no such topic', async () => {
  const test = await connect();
  try {
    const admin = await test.connection.admin();
    await expect(admin.fetchTopicEnds('none')).rejects.toThrow('none is not there');
  } finally {
    await test.close();
  }
});
