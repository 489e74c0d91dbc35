import { randomUUID } from 'node:crypto';
import { foreignClient } from './publisher.js';

export interface DeadLetter {
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** Everything on a dead-letter topic, as it comes. */
export async function followDeadLetters(
  topic: string,
): Promise<{ deadLetters: DeadLetter[]; stop: () => Promise<void> }> {
  const deadLetters: DeadLetter[] = [];
  const consumer = foreignClient().consumer({ groupId: `test.dead-letters.${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { key, value, headers = {} } }) => {
      deadLetters.push({
        key: String(key),
        value: String(value),
        headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, String(one)])),
      });
    },
  });
  return { deadLetters, stop: () => consumer.disconnect() };
}
