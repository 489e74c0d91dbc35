import type { KafkaMessage } from 'kafkajs';
import type { KafkaLogger } from './logger.js';
import type { OutboundRecord } from './outbound-record.js';

export const quiet: KafkaLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Messages as kafkajs hands them over; their values are their offsets. */
export const messages = (from: number, to: number, large = ''): KafkaMessage[] =>
  Array.from({ length: to - from }, (_, n) => ({
    key: null,
    value: Buffer.from(`${from + n}${large}`),
    timestamp: '0',
    attributes: 0,
    offset: String(from + n),
    headers: {},
  }));

/** Keeps what is published; fails as often as it is told to. */
export class FakePublisher {
  readonly published: { topic: string; record: OutboundRecord }[] = [];
  failures = 0;

  async publish(topic: string, records: OutboundRecord | OutboundRecord[]): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('refused');
    }
    for (const record of [records].flat()) this.published.push({ topic, record });
  }
}
