import { afterEach, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { FetchedRecord } from './record-decoder.js';
import { collect, connect, newTopic, type TestKafka } from './testing.suite.js';

let test: TestKafka | undefined;
afterEach(() => test?.close());

it('what a consumer gets was read by our decoder: another module of kafkajs may have been loaded with the one that it replaces', async () => {
  test = await connect();
  const topic = await newTopic(test, 1);
  await test.publisher.publish(topic, { key: 'a', value: 'b' });
  const records = await collect(test, topic);
  await eventually(() => expect(records).toHaveLength(1));
  expect((records[0] as unknown as { message: object }).message).toBeInstanceOf(FetchedRecord);
});
