import { afterEach, describe, expect, it } from 'vitest';
import { readSince, type ReadSinceOptions } from './index.js';
import { connect, newTopic, recreate, type TestKafka } from './testing.suite.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function kafka(): Promise<TestKafka> {
  const made = await connect();
  closing.push(made.close);
  return made;
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => String(from + n));
/** Keys that fall on all partitions. */
const put = ({ publisher }: TestKafka, topic: string, values: string[]): Promise<void> =>
  publisher.publish(
    topic,
    values.map((value) => ({ key: value, value })),
  );
/** No record of later has this timestamp or an earlier one. */
async function tick(): Promise<number> {
  const now = Date.now();
  while (Date.now() <= now) await new Promise((resolve) => setImmediate(resolve));
  return now + 1;
}

async function read(
  { connection }: TestKafka,
  topic: string,
  since: number,
  more: Partial<ReadSinceOptions> = {},
): Promise<string[]> {
  const values: string[] = [];
  await readSince({
    connection,
    topic,
    groupPrefix: 'test.since',
    since,
    onRecords: async (records) => void values.push(...records.map(({ value }) => String(value))),
    signal: new AbortController().signal,
    ...more,
  });
  return values.toSorted((a, b) => Number(a) - Number(b));
}

describe('what a topic got since a time', () => {
  it('is read to where it ended at the call, and nothing of before', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3);
    await put(test, topic, numbers(0, 500));
    const since = await tick();
    await put(test, topic, numbers(500, 900));
    let more: Promise<void> | undefined;
    const onRecords: ReadSinceOptions['onRecords'] = async () => void (more ??= put(test, topic, numbers(900, 1_000)));
    await read(test, topic, since, { onRecords });
    await more;
    expect(await read(test, topic, since)).toEqual(numbers(500, 1_000));
    expect(await read(test, topic, 0)).toEqual(numbers(0, 1_000));
    expect(await read(test, topic, await tick())).toEqual([]);
  });

  it('waits for what is done with it, and ends with its fault', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    await put(test, topic, numbers(0, 3));
    const onRecords = (): Promise<void> => Promise.reject(new Error('not taken'));
    await expect(read(test, topic, 0, { onRecords })).rejects.toThrow('not taken');
  });

  it('is read no further once that is aborted, which counts as an outage', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    await put(test, topic, numbers(0, 3));
    const stopping = new AbortController();
    const onRecords = async (): Promise<void> => {
      stopping.abort();
      await new Promise(() => undefined);
    };
    const { signal } = stopping;
    await expect(read(test, topic, 0, { onRecords, signal })).rejects.toMatchObject({ isOutage: true });
    await expect(read(test, topic, 0, { signal })).rejects.toMatchObject({ isOutage: true });
  });

  it('ends where the topic is created again', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    await put(test, topic, numbers(0, 3));
    const onRecords = (): Promise<void> => recreate(test, topic, 1).then(() => new Promise(() => undefined));
    expect(await read(test, topic, 0, { onRecords })).toEqual([]);
  });
});
