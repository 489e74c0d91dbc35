import { randomUUID } from 'node:crypto';
import type { EachBatchPayload } from 'kafkajs';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { GroupMember } from './group-member.js';
import { connect, newTopic } from './testing.suite.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A member of a group of its own; `failing` says whether a batch ends kafkajs' consumer, as a TypeError does. */
async function member(failing: () => boolean): Promise<{ member: GroupMember; seen: string[]; fatal: Error[] }> {
  const test = await connect();
  closing.push(test.close);
  const topic = await newTopic(test, 1);
  await test.publisher.publish(topic, { key: 'a', value: 'one' });
  const seen: string[] = [];
  const fatal: Error[] = [];
  const one = new GroupMember({
    connection: test.connection,
    groupId: `test.${randomUUID()}`,
    topics: [topic],
    fromBeginning: true,
    maxWaitMs: 50,
    sessionTimeoutMs: 10_000,
    autoResolve: true,
    onBatch: ({ batch }: EachBatchPayload) => {
      if (failing()) throw new TypeError('a bug of the client');
      seen.push(...batch.messages.map(({ value }) => String(value)));
      return Promise.resolve();
    },
    onJoin: () => undefined,
    onForget: () => undefined,
    onFatal: (error) => void fatal.push(error),
  });
  closing.push(() => one.stop());
  one.start();
  return { member: one, seen, fatal };
}

describe('a member of a group', () => {
  it('gets a new consumer where kafkajs has given up on the old one', async () => {
    let failures = 2;
    const { member: one, seen, fatal } = await member(() => (failures -= 1) >= 0);
    await eventually(() => expect(seen).toEqual(['one']));
    expect([one.health, fatal]).toEqual(['ready', []]);
  });

  it('says that it cannot go on when its consumer crashes again and again', async () => {
    const { member: one, seen, fatal } = await member(() => true);
    await eventually(() => expect(fatal).toHaveLength(1), { timeoutMs: 20_000 });
    expect(one.health).toBe('down');
    expect(seen).toEqual([]);
  });
});
