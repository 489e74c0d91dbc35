import { randomUUID } from 'node:crypto';
import type { Consumer } from 'kafkajs';
import { expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { DelayServer, KafkaUnavailable, type InboundRecord } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { newTopic, onBatches } from './testing.suite.js';
import { expectInTime } from '../../../test/support/expect-in-time.js';

const { closing, kafka } = kafkaOfEachTest();

interface Handed {
  text: string;
  lateMs: number;
}

async function start(
  topics: number,
  groupId: string = randomUUID(),
  names?: string[],
  before: (record: InboundRecord) => Promise<void> = async () => undefined,
): Promise<{
  names: string[];
  handed: Handed[];
  server: DelayServer;
  send: (topic: string, text: string, inMs: number | null) => Promise<void>;
}> {
  const test = await kafka();
  const list = names ?? (await Promise.all(Array.from({ length: topics }, () => newTopic(test, 2))));
  const handed: Handed[] = [];
  const server = new DelayServer({
    connection: test.connection,
    transportId: Symbol(groupId),
    groupId,
    sessionTimeoutMs: 6_000,
    topics: list,
    failure: { publisher: test.publisher, deadLetterTopic: (name) => `${name}.dlq` },
    onFatal: (error) => {
      throw error;
    },
  });
  const take = async (records: InboundRecord[]): Promise<void> => {
    for (const record of records) {
      await before(record);
      const { value, headers } = record;
      handed.push({ text: value!.toString(), lateMs: Date.now() - Number(headers['np-due-at'] ?? 0) });
    }
  };
  onBatches(server, '*', (batch) => batch.inOrder(take));
  server.listen(() => undefined);
  closing.push(() => server.close());
  const send = (topic: string, text: string, inMs: number | null): Promise<void> =>
    test.publisher.publish(topic, {
      key: text,
      value: text,
      headers: inMs === null ? {} : { 'np-due-at': String(Date.now() + inMs) },
    });
  return { names: list, handed, server, send };
}

it('hands over what is due, never early and soon after, each topic by itself', async () => {
  const { names, handed, server, send } = await start(2);
  await eventually(() => expect(server.health).toBe('ready'));
  const [slow, fast] = names as [string, string];
  await expectInTime(250, async () => {
    handed.length = 0;
    await Promise.all(['s1', 's2', 's3'].map((text) => send(slow, text, 1_500)));
    await Promise.all(['f1', 'f2', 'f3'].map((text) => send(fast, text, 300)));
    await eventually(() => expect(handed).toHaveLength(6));
    expect(handed.map(({ text }) => text[0]).toSorted()).toEqual(['f', 'f', 'f', 's', 's', 's']);
    for (const { lateMs } of handed) expect(lateMs).toBeGreaterThanOrEqual(0);
    return Math.max(...handed.map(({ lateMs }) => lateMs));
  });
});

it('takes a record that does not say when as due now', async () => {
  const { names, handed, send } = await start(1);
  await send(names[0]!, 'now', null);
  await eventually(() => expect(handed.map(({ text }) => text)).toEqual(['now']));
});

it('goes on after a restart with what was not due, and repeats nothing', async () => {
  const groupId = randomUUID();
  const first = await start(1, groupId);
  await first.send(first.names[0]!, 'due', 0);
  await first.send(first.names[0]!, 'later', 1_500);
  await eventually(() => expect(first.handed.map(({ text }) => text)).toEqual(['due']));
  await first.server.close();
  const second = await start(1, groupId, first.names);
  await eventually(() => expect(second.handed.map(({ text }) => text)).toEqual(['later']));
  expect(second.handed[0]!.lateMs).toBeGreaterThanOrEqual(0);
});

it('keeps the time of other partitions, and its place in the group, while one cannot be handled', async () => {
  let away = true;
  const { names, handed, server, send } = await start(2, undefined, undefined, async ({ topic }) => {
    if (topic === names[0] && away) throw new KafkaUnavailable('away');
  });
  await eventually(() => expect(server.health).toBe('ready'));
  let joins = 0;
  server.unwrap<{ consumer: Consumer }>().consumer.on('consumer.group_join', () => void (joins += 1));
  await send(names[0]!, 'stuck', 0);
  for (let n = 0; n < 7; n += 1) {
    await send(names[1]!, `on time ${n}`, 1_000);
    await eventually(() => expect(handed).toHaveLength(n + 1));
  }
  const late = handed.map(({ lateMs }) => lateMs);
  expect(Math.min(...late), `each of ${late.join(', ')} ms`).toBeLessThan(400); // waiting for the other partition would make each late
  away = false;
  await eventually(() => expect(handed.at(-1)!.text).toBe('stuck'));
  expect(joins).toBe(0);
});

it('lets what is in flight end, and commits it, before it stops', async () => {
  const groupId = randomUUID();
  let begun = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const first = await start(1, groupId, undefined, async () => {
    begun = true;
    await ended;
  });
  await first.send(first.names[0]!, 'under way', 0);
  await eventually(() => expect(begun).toBe(true));
  const closed = first.server.close();
  end();
  await closed;
  expect(first.handed).toHaveLength(1);
  const second = await start(1, groupId, first.names);
  await second.send(second.names[0]!, 'next', 0);
  await eventually(() => expect(second.handed.map(({ text }) => text)).toEqual(['next']));
});
