import type { Producer } from 'kafkajs';
import { expect, it } from 'vitest';
import { CurrentProducer } from './current-producer.js';
import { inBackground } from '../../../test/support/in-background.js';

class FakeProducer {
  closed = false;

  async connect(): Promise<void> {}

  async disconnect(): Promise<void> {
    this.closed = true;
  }
}

function fake(): { made: FakeProducer[]; producers: CurrentProducer } {
  const made: FakeProducer[] = [];
  const nothing = (): void => undefined;
  const producers = new CurrentProducer({
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    producer: () => {
      const producer = new FakeProducer();
      made.push(producer);
      return producer as unknown as Producer;
    },
  });
  return { made, producers };
}

interface Sending {
  ended: Promise<unknown>;
  done: () => void;
  fail: (error: Error) => void;
}

/** A send that has begun and ends when the test says so. */
async function begin(producers: CurrentProducer): Promise<Sending> {
  let sending: Omit<Sending, 'ended'>;
  let begun = (): void => undefined;
  const started = new Promise<void>((resolve) => (begun = resolve));
  const work = new Promise<void>((done, fail) => (sending = { done, fail }));
  const ended = producers
    .send(() => {
      begun();
      return work;
    })
    .then(
      () => 'sent',
      (error: Error) => error.name,
    );
  await started;
  return { ...sending!, ended };
}

const named = (name: string): Error => Object.assign(new Error(name), { name });

it('closes a producer that failed only when its other sends have ended, and leaves its successor alone', async () => {
  const { made, producers } = fake();
  const [first, second] = [await begin(producers), await begin(producers)];
  first.fail(named('KafkaJSNumberOfRetriesExceeded'));
  expect(await first.ended).toBe('KafkaJSNumberOfRetriesExceeded');
  const third = await begin(producers);
  expect(made.map(({ closed }) => closed)).toEqual([false, false]);
  second.fail(named('KafkaJSConnectionError'));
  await second.ended;
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  third.done();
  expect(await third.ended).toBe('sent');
  expect(made).toHaveLength(2);
});

it('keeps a producer whose record the broker refused', async () => {
  const { made, producers } = fake();
  const refused = await begin(producers);
  refused.fail(named('KafkaJSProtocolError'));
  await refused.ended;
  const next = await begin(producers);
  next.done();
  expect(await next.ended).toBe('sent');
  expect(made).toHaveLength(1);
});

it('closes a producer that is still connecting', async () => {
  const { made, producers } = fake();
  const connecting = inBackground(producers.connect());
  await producers.disconnect();
  await connecting;
  expect(made.map(({ closed }) => closed)).toEqual([true]);
  expect(producers.connected).toBe(false);
});
