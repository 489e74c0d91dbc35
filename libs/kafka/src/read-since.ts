import { randomUUID } from 'node:crypto';
import type { EachBatchPayload } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { GroupMember } from './group-member.js';
import { KafkaUnavailable } from './outage.js';
import { ConsumedRecord, type InboundRecord } from './records.js';
import { UndecodableBatch } from './undecodable-batch.js';

export interface ReadSinceOptions {
  connection: KafkaConnection;
  topic: string;
  /** The reader is a group of its own; the group's name begins with this. */
  groupPrefix: string;
  /** Epoch ms, by the timestamps of the records. */
  since: number;
  /** Records of one partition, in order; nothing more of that partition is read until it resolves. A rejoin may bring some twice. */
  onRecords: (records: InboundRecord[]) => Promise<void>;
  /** Ends the reading. */
  signal: AbortSignal;
}

interface Stretch {
  next: number;
  end: number;
}

const SESSION_TIMEOUT_MS = 30_000;

/**
 * Reads what a topic got since a time, up to where it ends at the call, and commits nothing. Batches that cannot be decoded
 * are left out. A topic that is created again meanwhile is read no further: what is sought was on the one before.
 * @throws what `onRecords` throws; the brokers' error where they do not answer at the beginning; KafkaUnavailable once aborted
 */
export async function readSince(options: ReadSinceOptions): Promise<void> {
  if (options.signal.aborted) throw new KafkaUnavailable(`${options.topic} is read no further`);
  const stretches = await stretchesOf(options);
  if (stretches.size > 0) await new Reading(options, stretches).run();
}

/** By partition, where there is anything to read. */
async function stretchesOf({ connection, topic, since }: ReadSinceOptions): Promise<Map<number, Stretch>> {
  const admin = await connection.admin();
  const ends = await admin.fetchTopicEnds(topic);
  const begins = await admin.fetchTopicOffsetsByTimestamp(topic, since);
  const first = new Map(begins.map(({ partition, offset }) => [partition, Number(offset)]));
  const stretches = ends.map(({ partition, end }) => [partition, { next: first.get(partition) ?? 0, end }] as const);
  return new Map(stretches.filter(([, { next, end }]) => next < end));
}

class Reading {
  private readonly member: GroupMember;
  private settle!: { resolve: () => void; reject: (error: unknown) => void };
  private readonly ended = new Promise<void>((resolve, reject) => (this.settle = { resolve, reject }));
  private over = false;

  constructor(
    private readonly options: ReadSinceOptions,
    private readonly stretches: Map<number, Stretch>,
  ) {
    const { connection, topic, groupPrefix } = options;
    this.member = new GroupMember({
      connection,
      groupId: `${groupPrefix}.${randomUUID()}`,
      topics: [topic],
      fromBeginning: true,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      autoResolve: true,
      onBatch: (payload) => this.take(payload),
      onJoin: () => this.goOn(),
      onPosition: (partition, next) => this.advance(partition, next),
      onForget: (_, partitions, recreated) => {
        if (recreated) this.settle.resolve();
        else for (const partition of partitions) this.rewind(partition);
      },
      onFatal: (error) => this.settle.reject(error),
    });
  }

  async run(): Promise<void> {
    const { signal, topic } = this.options;
    const abort = (): void => this.settle.reject(new KafkaUnavailable(`${topic} is read no further`));
    signal.addEventListener('abort', abort, { once: true });
    this.member.start();
    try {
      await this.ended;
    } finally {
      this.over = true;
      signal.removeEventListener('abort', abort);
      await this.member.stop();
    }
  }

  /** No position is committed, so that each join begins where the reading is. */
  private goOn(): void {
    for (const [partition, { next }] of this.stretches) this.member.seek(this.options.topic, partition, next);
  }

  private async take({ batch }: EachBatchPayload): Promise<void> {
    const stretch = this.stretches.get(batch.partition);
    if (!stretch || this.over) return;
    const records = batch.messages
      .filter((message) => !(message instanceof UndecodableBatch))
      .map((message) => new ConsumedRecord(this.options.topic, batch.partition, message, { held: true }))
      .filter(({ offset }) => Number(offset) >= stretch.next && Number(offset) < stretch.end);
    try {
      if (records.length > 0) await this.options.onRecords(records);
    } catch (error) {
      this.over = true;
      this.settle.reject(error);
    }
  }

  private advance(partition: number, next: number): void {
    const stretch = this.stretches.get(partition);
    if (!stretch || this.over) return;
    stretch.next = Math.max(stretch.next, next);
    if (stretch.next < stretch.end) return;
    this.stretches.delete(partition);
    if (this.stretches.size === 0) this.settle.resolve();
  }

  /** Its first records have expired: the client reads on from what is there. */
  private rewind(partition: number): void {
    const stretch = this.stretches.get(partition);
    if (stretch) stretch.next = 0;
  }
}
