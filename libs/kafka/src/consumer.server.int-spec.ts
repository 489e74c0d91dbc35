import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UnreadableEvent } from '#libs/contracts';
import { eventually } from '../../../test/support/eventually.js';
import { ConsumerServer, isWithin, type InboundRecord, type Moment } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { collect, newTopic, onBatches, type TestKafka } from './testing.suite.js';
import { inBackground } from '../../../test/support/in-background.js';

type Handle = (record: InboundRecord) => Promise<void>;

const { closing, kafka } = kafkaOfEachTest();

interface Started {
  server: ConsumerServer;
  fatal: Error[];
}

/** Starts a server whose records go to `handle` one by one. */
function serve(
  { connection, publisher }: TestKafka,
  topic: string,
  groupId: string,
  handle: Handle,
  limits: { maxInFlightPerPartition?: number; drainMs?: number } = {},
): Started {
  const fatal: Error[] = [];
  const server = new ConsumerServer({
    connection,
    transportId: Symbol(groupId),
    groupId,
    failure: { publisher, deadLetterTopic: (name) => `${name}.dlq`, maxTries: 2 },
    onFatal: (error) => fatal.push(error),
    drainMs: 2_000,
    ...limits,
  });
  onBatches(server, topic, (batch) => batch.each(handle));
  server.listen(() => undefined);
  closing.push(() => server.close());
  return { server, fatal };
}

const keyed = (count: number, keys: number): { key: string; value: string }[] =>
  Array.from({ length: count }, (_, n) => ({ key: `key-${n % keys}`, value: String(n) }));
const textOf = (record: InboundRecord): string => record.value!.toString();

describe('the consumer engine', () => {
  it('goes on with every other record while one hangs, also of the same partition', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const seen: string[] = [];
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => (release = resolve));
    serve(test, topic, randomUUID(), async (record) => {
      if (textOf(record) === '0') await hang;
      seen.push(textOf(record));
    });
    await test.publisher.publish(topic, keyed(200, 20));
    await eventually(() => expect(seen).toHaveLength(199));
    release();
    await eventually(() => expect(seen).toHaveLength(200));
  });

  it('says when each heartbeat was sent that its group has answered', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const sent: Moment[] = [];
    const { server } = serve(test, topic, randomUUID(), async () => undefined);
    server.onConfirmed((at) => sent.push(at));
    await eventually(() => expect(sent.length).toBeGreaterThan(2));
    expect(isWithin(60_000, sent[0]!)).toBe(true);
    expect(sent.map(({ steady }) => steady)).toEqual(sent.map(({ steady }) => steady).toSorted((a, b) => a - b));
    await server.close();
    const count = sent.length;
    await test.publisher.publish(topic, keyed(1, 1));
    expect(sent).toHaveLength(count);
  });

  it('gives exactly the unfinished, and what came after them, to the next consumer', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    const never = new Promise<void>(() => undefined);
    let done = 0;
    const first = serve(
      test,
      topic,
      groupId,
      async (record) => {
        if (textOf(record) === '50') await never;
        done += 1;
      },
      { drainMs: 100 },
    );
    await test.publisher.publish(topic, keyed(100, 1));
    await eventually(() => expect(done).toBe(99));
    await first.server.close();
    const again: number[] = [];
    serve(test, topic, groupId, async (record) => void again.push(Number(textOf(record))));
    await eventually(() => expect(again).toHaveLength(50));
    expect(again[0]).toBe(50);
  });

  it('dead-letters what cannot be read at once, and a bug after its tries; the next ones are handled', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const letters = await collect(test, `${topic}.dlq`);
    const seen: string[] = [];
    let tries = 0;
    const { fatal } = serve(test, topic, randomUUID(), async (record) => {
      const text = textOf(record);
      if (text === '1') throw new UnreadableEvent('it is not what it should be');
      if (text === '2') {
        tries += 1;
        (undefined as unknown as { boom: () => void }).boom();
      }
      seen.push(text);
    });
    await test.publisher.publish(topic, keyed(4, 1));
    await eventually(() => expect(letters).toHaveLength(2));
    await eventually(() => expect(seen).toEqual(['0', '3']));
    expect(tries).toBe(2);
    expect(letters.map(textOf)).toEqual(['1', '2']);
    expect(letters[0]!.headers).toMatchObject({
      'np-original-topic': topic,
      'np-original-offset': '1',
      'np-error-code': 'unreadable',
      'np-error-reason': 'it is not what it should be',
    });
    expect(letters[1]!.headers['np-error-code']).toBe('TypeError');
    expect(fatal).toEqual([]);
  });

  it('tries again as long as an outage lasts, and commits nothing past it', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    let away = true;
    let tries = 0;
    const seen: string[] = [];
    serve(test, topic, randomUUID(), async (record) => {
      tries += 1;
      if (away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      seen.push(textOf(record));
    });
    await test.publisher.publish(topic, keyed(1, 1));
    await eventually(() => expect(tries).toBeGreaterThan(3));
    away = false;
    await eventually(() => expect(seen).toEqual(['0']));
  });

  it('takes no more than it may have in flight', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const waiting: (() => void)[] = [];
    let done = 0;
    const { server } = serve(
      test,
      topic,
      randomUUID(),
      () => new Promise<void>((resolve) => waiting.push(() => ((done += 1), resolve()))),
      { maxInFlightPerPartition: 50 },
    );
    const large = 'x'.repeat(10_000);
    await test.publisher.publish(
      topic,
      Array.from({ length: 600 }, (_, n) => ({ key: String(n), value: large })),
    );
    await eventually(() => expect(server.inFlight()).toBeGreaterThanOrEqual(50));
    let most = 0;
    await eventually(() => {
      most = Math.max(most, server.inFlight());
      for (const finish of waiting.splice(0)) finish();
      expect(done).toBe(600);
    });
    expect(most).toBeLessThanOrEqual(50 + 40); // one fetch of 384 KB on top
  });

  it('loses nothing while members come and go under load', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 6);
    const groupId = randomUUID();
    const seen = new Set<string>();
    const handle: Handle = async (record) => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.add(textOf(record));
    };
    const first = serve(test, topic, groupId, handle);
    await eventually(() => expect(first.server.health).toBe('ready'));
    const sending = inBackground(
      (async () => {
        for (let n = 0; n < 40; n += 1)
          await test.publisher.publish(
            topic,
            Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: `${n}:${i}` })),
          );
      })(),
    );
    const second = serve(test, topic, groupId, handle);
    await eventually(() => expect(second.server.assignment.get(topic)?.size).toBe(3));
    await first.server.close();
    await sending;
    await eventually(() => expect(seen.size).toBe(2_000));
  });

  it('begins nothing again that is in flight when others join and leave', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 4);
    const groupId = randomUUID();
    const begun: { place: string; by: string; record: InboundRecord }[] = [];
    const ends: (() => void)[] = [];
    const hold =
      (by: string): Handle =>
      (record) => {
        begun.push({ place: `${record.partition}:${record.offset}`, by, record });
        return new Promise((resolve) => ends.push(resolve));
      };
    const first = serve(test, topic, groupId, hold('first'));
    await test.publisher.publish(topic, keyed(40, 40));
    await eventually(() => expect(begun).toHaveLength(40));
    const second = serve(test, topic, groupId, hold('second'));
    for (const { server } of [first, second])
      await eventually(() => expect(server.assignment.get(topic)?.size).toBe(2));
    const kept = first.server.assignment.get(topic)!;
    const lost = begun.slice(0, 40).filter(({ record }) => !kept.has(record.partition));
    await eventually(() => expect(begun).toHaveLength(40 + lost.length));
    expect(begun.slice(40).every(({ by, record }) => by === 'second' && !kept.has(record.partition))).toBe(true);
    expect(begun.slice(0, 40).every(({ record }) => record.owned === kept.has(record.partition))).toBe(true);
    const [partition] = kept;
    await test.publisher.publish(topic, { key: 'k', value: 'next', partition });
    await eventually(() => expect(begun.at(-1)!.record.value!.toString()).toBe('next'));
    expect(new Set(begun.filter(({ by }) => by === 'first').map(({ place }) => place)).size).toBe(41);
    for (const end of ends) end();
  });
});
