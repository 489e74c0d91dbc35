import { expect, it } from 'vitest';
import { connect, newTopic } from '../testing.suite.js';

it('asks for the ends of a topic by one request once it knows who leads, and by another at the same time how many there are', async () => {
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
    expect(asked.filter((name) => name !== 'Metadata')).toEqual(['ListOffsets']);
    expect(asked.length).toBeLessThanOrEqual(2);
  } finally {
    await test.close();
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
