import type { KafkaConnection } from './connection.js';
import { CurrentProducer } from './current-producer.js';
import { RecordTooLarge } from './outage.js';
import { MAX_RECORD_BYTES, sizeOf } from './record-size.js';
import { TopicQueue, type OutboundRecord, type Pending } from './topic-queue.js';

/** Bytes that may wait for the brokers before `publish` itself waits. */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const ALL_REPLICAS = -1;

/** Sends records. One send is in flight per topic; all that comes meanwhile goes in the next, so load makes sends larger and not more. */
export class Publisher {
  private readonly producer: CurrentProducer;
  private readonly queues = new Map<string, TopicQueue>();
  private bufferedBytes = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    connection: KafkaConnection,
    /** Least time in ms from one send to the next, by topic: for those whose readers can wait. */
    private readonly gaps: Readonly<Record<string, number>> = {},
  ) {
    this.producer = new CurrentProducer(connection);
  }

  get ready(): boolean {
    return this.producer.connected;
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }

  /**
   * Resolves when all in-sync replicas have the records. Those of one key stay in order. Waits its turn while 32 MB
   * wait for the brokers.
   * @throws RecordTooLarge for a record over 900 KB; else the broker's error once kafkajs has given up (an outage, see isOutage)
   */
  publish(topic: string, records: OutboundRecord | OutboundRecord[]): Promise<void> {
    const list = Array.isArray(records) ? records : [records];
    if (this.hasRoom && this.waiting.length === 0) return this.enqueueAll(topic, list);
    return new Promise((resolve, reject) => {
      this.waiting.push(() => void this.enqueueAll(topic, list).then(resolve, reject));
    });
  }

  private get hasRoom(): boolean {
    return this.bufferedBytes <= MAX_BUFFERED_BYTES;
  }

  private async enqueueAll(topic: string, records: OutboundRecord[]): Promise<void> {
    const queue = this.queueOf(topic);
    await Promise.all(records.map((record) => this.enqueue(queue, record)));
  }

  private enqueue(queue: TopicQueue, record: OutboundRecord): Promise<void> {
    const bytes = sizeOf(record);
    if (bytes > MAX_RECORD_BYTES)
      return Promise.reject(
        new RecordTooLarge(`a record of ${bytes} bytes is larger than the ${MAX_RECORD_BYTES} that the brokers take`),
      );
    this.bufferedBytes += bytes;
    return queue.add(record, bytes);
  }

  private queueOf(topic: string): TopicQueue {
    let queue = this.queues.get(topic);
    if (!queue) {
      queue = new TopicQueue((batch) => this.send(topic, batch), this.gaps[topic]);
      this.queues.set(topic, queue);
    }
    return queue;
  }

  private async send(topic: string, batch: Pending[]): Promise<void> {
    try {
      await this.producer.send((producer) =>
        producer.send({ topic, acks: ALL_REPLICAS, messages: batch.map(({ record }) => record) }),
      );
    } finally {
      for (const { bytes } of batch) this.bufferedBytes -= bytes;
      while (this.hasRoom && this.waiting.length > 0) this.waiting.shift()!();
    }
  }
}
