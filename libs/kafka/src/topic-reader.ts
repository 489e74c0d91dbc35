import { randomUUID } from 'node:crypto';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { GroupMember, type ConsumerHealth } from './group-member.js';
import { ConsumedRecord, type InboundRecord } from './records.js';
import { UndecodableBatch, type UndecodableRecords } from './undecodable-batch.js';

export interface TopicReaderOptions {
  connection: KafkaConnection;
  topic: string;
  /** Each reader is a group of its own and reads all partitions; the group's name begins with this. */
  groupPrefix: string;
  fromBeginning: boolean;
  onRecord: (record: InboundRecord) => void;
  /** A batch that cannot be decoded: the record holds its bytes, the error its offsets. Logged where this is left out. */
  onUndecodable?: (record: InboundRecord, error: UndecodableRecords) => void;
  /** Told how far a partition has been read: everything below `next` was, or is not there. */
  onRead?: (partition: number, next: number) => void;
  /** These partitions are read from their beginning, from now on; `recreated` where the topic is another one by now. */
  onForget?: (partitions: ReadonlySet<number>, recreated: boolean) => void;
  onFatal: (error: Error) => void;
}

/** A reader is alone in its group, so that to join again costs nothing: new partitions are taken up at once. */
const METADATA_MAX_AGE_MS = 1_500;

/** Reads a whole topic in every process that wants it, and commits nothing: after a restart it begins again. */
export class TopicReader {
  private readonly member: GroupMember;

  constructor(private readonly options: TopicReaderOptions) {
    const { connection, topic, groupPrefix, fromBeginning, onRead, onFatal } = options;
    this.member = new GroupMember({
      connection,
      groupId: `${groupPrefix}.${randomUUID()}`,
      topics: [topic],
      fromBeginning,
      sessionTimeoutMs: 10_000,
      autoResolve: true,
      onBatch: (payload) => this.read(payload),
      onJoin: () => undefined,
      onForget: (_, partitions, recreated) => this.options.onForget?.(partitions, recreated),
      ...(onRead ? { onPosition: onRead } : {}),
      metadataMaxAgeMs: METADATA_MAX_AGE_MS,
      onFatal,
    });
  }

  get health(): ConsumerHealth {
    return this.member.health;
  }

  start(): void {
    this.member.start();
  }

  stop(): Promise<void> {
    return this.member.stop();
  }

  private async read({ batch }: EachBatchPayload): Promise<void> {
    for (const message of batch.messages) this.hand(batch.partition, message);
  }

  private hand(partition: number, message: KafkaMessage): void {
    const record = new ConsumedRecord(this.options.topic, partition, message, { held: true });
    try {
      if (message instanceof UndecodableBatch) this.setAside(record, message);
      else this.options.onRecord(record);
    } catch (error) {
      this.options.onFatal(error as Error);
    }
  }

  private setAside(record: InboundRecord, { error }: UndecodableBatch): void {
    const { topic, connection, onUndecodable } = this.options;
    if (onUndecodable) return onUndecodable(record, error);
    connection.logger.error({ topic, partition: record.partition, reason: error.message }, 'record.undecodable');
  }
}
