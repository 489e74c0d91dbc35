import { randomUUID } from 'node:crypto';
import type { EachBatchPayload } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { quiet } from './fakes.suite.js';
import { GroupMember } from './group-member.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { connect, newTopic } from './testing.suite.js';

const { closing } = kafkaOfEachTest();

interface Failing {
  /** Whether a batch ends kafkajs' consumer, as a TypeError does. */
  batch?: () => boolean;
  /** Whether kafkajs makes no consumer at all. */
  consumer?: () => boolean;
}

interface Started {
  member: GroupMember;
  seen: string[];
  fatal: Error[];
  /** Names of the lines that it logged as warnings. */
  warned: string[];
}

/** A member of a group of its own. */
async function member({ batch: batchFails, consumer: consumerFails }: Failing): Promise<Started> {
  const warned: string[] = [];
  const test = await connect({}, { ...quiet, warn: (_fields, event) => void warned.push(event) });
  const make = test.connection.consumer.bind(test.connection);
  test.connection.consumer = (config) => {
    if (consumerFails?.()) throw new TypeError('kafkajs makes no consumer');
    return make(config);
  };
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
    sessionTimeoutMs: 10_000,
    autoResolve: true,
    onBatch: ({ batch }: EachBatchPayload) => {
      if (batchFails?.()) throw new TypeError('a bug of the client');
      seen.push(...batch.messages.map(({ value }) => String(value)));
      return Promise.resolve();
    },
    onJoin: () => undefined,
    onForget: () => undefined,
    onFatal: (error) => void fatal.push(error),
  });
  closing.push(() => one.stop());
  one.start();
  return { member: one, seen, fatal, warned };
}

describe('a member of a group', () => {
  it('gets a new consumer where kafkajs has given up on the old one', async () => {
    let failures = 2;
    const { member: one, seen, fatal } = await member({ batch: () => (failures -= 1) >= 0 });
    await eventually(() => expect(seen).toEqual(['one']));
    expect([one.health, fatal]).toEqual(['ready', []]);
  });

  it('is not ready and retries while kafkajs fails to make a consumer', async () => {
    let broken = true;
    let tries = 0;
    const consumer = (): boolean => {
      tries += 1;
      return broken;
    };
    const { member: one, seen, fatal, warned } = await member({ consumer });
    await eventually(() => expect(tries).toBeGreaterThan(1));
    expect([one.health, seen]).toEqual(['starting', []]);
    expect(warned).toEqual(['kafka.join-delayed']);
    broken = false;
    await eventually(() => expect(seen).toEqual(['one']));
    expect([one.health, fatal]).toEqual(['ready', []]);
  });

  it('says that it cannot go on when kafkajs never makes a consumer, and still stops', async () => {
    const { member: one, fatal } = await member({ consumer: () => true });
    await eventually(() => expect(fatal).toHaveLength(1));
    await one.stop();
    expect(one.health).toBe('down');
  });

  it('says that it cannot go on when its consumer crashes again and again', async () => {
    const { member: one, seen, fatal } = await member({ batch: () => true });
    await eventually(() => expect(fatal).toHaveLength(1));
    expect(one.health).toBe('down');
    expect(seen).toEqual([]);
  });
});
