import { expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { keepTopics } from './index.js';
import { connect, newTopic } from './testing.suite.js';

it('makes a topic again that vanishes, so that what waits to be sent to it is sent', async () => {
  const test = await connect();
  const name = await newTopic(test, 2);
  const admin = await test.connection.admin();
  const end = keepTopics(test.connection, [{ name, partitions: 3, retentionMs: 3_600_000 }]);
  try {
    await eventually(() => expect(test.connection.topics.stateOf(name)?.partitions).toBe(2));
    await admin.deleteTopics({ topics: [name] });
    const sent = test.publisher.publish(name, { key: 'k', value: 'v', headers: {} }).catch(() => undefined);
    await eventually(async () =>
      expect((await admin.fetchTopicMetadata({ topics: [name] })).topics[0]!.partitions).toHaveLength(3),
    );
    await sent;
    await test.publisher.publish(name, { key: 'k', value: 'v', headers: {} });
  } finally {
    end();
    await test.close();
  }
});
