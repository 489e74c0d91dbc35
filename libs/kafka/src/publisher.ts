import kafkajs from 'kafkajs';
import type { Producer } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { RecordTooLarge } from './outage.js';
import { TopicQueue, type OutboundRecord, type Pending } from './topic-queue.js';

/** What the brokers refuse in one record, with room for its headers. */
const MAX_RECORD_BYTES = 900_000;
/** Bytes that may wait for the brokers before `publish` itself waits. */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const ALL_REPLICAS = -1;

const sizeOf = ({ key, value, headers }: OutboundRecord): number => {
  let size = (key?.length ?? 0) + (value?.length ?? 0) + 64;
  for (const name in headers) size += name.length + headers[name]!.length;
  return size;
};

/** The Java client's partitioner for a keyed record, which kafkajs shares. */
export function partitionFor(key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));
  return DEFAULT_PARTITIONER({
    topic: '',
    partitionMetadata: partitionMetadata as never,
    message: { key, value: null },
  });
}

const DEFAULT_PARTITIONER = kafkajs.Partitioners.DefaultPartitioner();

/** Sends records. One send is in flight per topic; all that comes meanwhile goes in the next, so load makes sends larger and not more. */
export class Publisher {
  private producer: Producer | undefined;
  private connecting: Promise<Producer> | undefined;
  private readonly queues = new Map<string, TopicQueue>();
  private bufferedBytes = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly connection: KafkaConnection,
    /** Least time in ms from one send to the next, by topic: for those whose readers can wait. */
    private readonly gaps: Readonly<Record<string, number>> = {},
  ) {}

  get ready(): boolean {
    return this.producer !== undefined;
  }

  async connect(): Promise<void> {
    await this.current();
  }

  async disconnect(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect();
  }

  /**
   * Resolves when all in-sync replicas have the records. Those of one key stay in order.
   * @throws RecordTooLarge for a record over 900 KB; else the broker's error once kafkajs has given up (an outage, see isOutage)
   */
  async publish(topic: string, records: OutboundRecord | OutboundRecord[]): Promise<void> {
    const list = Array.isArray(records) ? records : [records];
    if (this.bufferedBytes > MAX_BUFFERED_BYTES) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const queue = this.queueOf(topic);
    await Promise.all(list.map((record) => this.enqueue(queue, record)));
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
      const producer = await this.current();
      await producer.send({ topic, acks: ALL_REPLICAS, messages: batch.map(({ record }) => record) });
    } catch (error) {
      this.reset();
      throw error;
    } finally {
      for (const { bytes } of batch) this.bufferedBytes -= bytes;
      if (this.bufferedBytes <= MAX_BUFFERED_BYTES) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  private async current(): Promise<Producer> {
    if (this.producer) return this.producer;
    this.connecting ??= this.open();
    return this.connecting;
  }

  private async open(): Promise<Producer> {
    const producer = this.connection.producer();
    try {
      await producer.connect();
      this.producer = producer;
      return producer;
    } finally {
      this.connecting = undefined;
    }
  }

  /** A producer whose send failed for good may be in any state: the next send gets a new one. */
  private reset(): void {
    const producer = this.producer;
    this.producer = undefined;
    producer
      ?.disconnect()
      .catch((error: unknown) => this.connection.logger.debug({ reason: String(error) }, 'kafka.producer-not-closed'));
  }
}
