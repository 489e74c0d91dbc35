import '../connection.js'; // before the client, parts of which it replaces
import { connect } from 'node:net';
import kafkajs, { type Admin } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { isOutage } from '../outage.js';

const QUESTIONS: [string, (admin: Admin) => Promise<unknown>][] = [
  ['which topics there are', (admin) => admin.listTopics()],
  ['what a topic is like', (admin) => admin.fetchTopicMetadata({ topics: ['any'] })],
  ['who the brokers are', (admin) => admin.describeCluster()],
  ['who belongs to a group', (admin) => admin.describeGroups(['any'])],
];

/** An admin that knows the brokers; all its connections are reset after so many more requests, those to come as well. */
async function adminFor(requests: number): Promise<Admin> {
  let left = Infinity;
  const client = new kafkajs.Kafka({
    brokers: process.env['TEST_KAFKA_BROKERS']!.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 0 },
    socketFactory: ({ host, port, onConnect }) => {
      const socket = connect(port, host, onConnect);
      const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
      socket.write = (...args: unknown[]): boolean => {
        left -= 1;
        if (left >= 0) return write(...args);
        socket.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
        return false;
      };
      return socket;
    },
  });
  const admin = client.admin();
  await admin.connect();
  await admin.listTopics();
  left = requests;
  return admin;
}

describe.each([0, 1])('brokers that vanish after %i more requests', (requests) => {
  it.each(QUESTIONS)('are an outage to who asks %s', async (_question, ask) => {
    const admin = await adminFor(requests);
    try {
      const fault: unknown = await ask(admin).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(isOutage(fault), String(fault)).toBe(true);
    } finally {
      await admin.disconnect();
    }
  });
});
