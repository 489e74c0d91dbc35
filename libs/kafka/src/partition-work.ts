import type { KafkaMessage } from 'kafkajs';
import type { KafkaLogger } from './logger.js';
import { handleRecord, type FailurePolicy } from './failure-policy.js';
import { OffsetTracker } from './offset-tracker.js';
import { keepTrying } from './outage.js';
import { ConsumedRecord, type Claim, type InboundRecord } from './records.js';
import { UndecodableBatch } from './undecodable-batch.js';

type HandleOne = (record: InboundRecord) => Promise<void>;
type HandleMany = (records: InboundRecord[]) => Promise<void>;

export interface PartitionWorkOptions {
  policy: FailurePolicy;
  logger: KafkaLogger;
  /** Told how many records have just been finished. */
  onFinished: (count: number) => void;
}

/** What this instance has under way of one partition. It outlives a rebalance that leaves the partition here. */
export class PartitionWork {
  readonly tracker = new OffsetTracker();
  private readonly claim: Claim = { held: true };
  private chunk: ConsumedRecord[] = [];
  private draining: Promise<void> | undefined;
  private readonly asides = new Set<Promise<void>>();
  /** Handlers that have begun and not ended. */
  running = 0;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly options: PartitionWorkOptions,
  ) {}

  /** The records of a fetch that are new here: after a rejoin kafkajs fetches again what is under way already. */
  accept(messages: readonly KafkaMessage[]): ConsumedRecord[] {
    const records: ConsumedRecord[] = [];
    for (const message of messages) {
      if (!this.tracker.begin(Number(message.offset))) continue;
      const record = new ConsumedRecord(this.topic, this.partition, message, this.claim);
      if (message instanceof UndecodableBatch) this.setAside(record, message);
      else records.push(record);
    }
    return records;
  }

  /** There is nothing to hand over: it goes where records go that cannot be read. */
  private setAside(record: ConsumedRecord, { error }: UndecodableBatch): void {
    const aside = this.run(record, () => Promise.reject(error)).finally(() => this.asides.delete(aside));
    this.asides.add(aside);
  }

  /** The partition went elsewhere: nothing new is begun, and what ends from now on is not committed. */
  release(): void {
    this.claim.held = false;
  }

  /** Resolves when everything that was handed over has ended. */
  async idle(): Promise<void> {
    await Promise.all([this.draining, ...this.asides]);
  }

  each(records: ConsumedRecord[], handle: HandleOne): void {
    for (const record of records) void this.run(record, handle);
  }

  inOrder(records: ConsumedRecord[], handle: HandleMany): void {
    this.chunk.push(...records);
    this.draining ??= this.drainChunks(handle);
  }

  private async drainChunks(handle: HandleMany): Promise<void> {
    while (this.chunk.length > 0) {
      const records = this.chunk;
      this.chunk = [];
      await this.runChunk(records, handle);
    }
    this.draining = undefined;
  }

  /** A chunk that fails is halved and goes again, so that one record that cannot be handled does not take the others along. */
  private async runChunk(records: ConsumedRecord[], handle: HandleMany): Promise<void> {
    if (!this.claim.held) return;
    if (records.length === 1) return this.run(records[0]!, (record) => handle([record]));
    if (await this.runTogether(records, handle)) return;
    const half = records.length >> 1;
    await this.runChunk(records.slice(0, half), handle);
    await this.runChunk(records.slice(half), handle);
  }

  /** Goes again as a whole while the fault is an outage. False where it failed otherwise, or is no longer ours. */
  private async runTogether(records: ConsumedRecord[], handle: HandleMany): Promise<boolean> {
    const { logger } = this.options;
    const fields = { topic: this.topic, partition: this.partition, records: records.length };
    this.running += 1;
    try {
      await keepTrying(async () => handle(records), {
        signal: () => this.claim.held,
        onRetry: (error, tries) => {
          if (tries === 1) logger.warn({ ...fields, reason: (error as Error).message }, 'chunk.waits-for-outage');
        },
      });
      this.finish(records);
      return true;
    } catch (error) {
      logger.debug({ ...fields, reason: String(error) }, 'chunk.split');
      return false;
    } finally {
      this.running -= 1;
    }
  }

  private async run(record: ConsumedRecord, handle: HandleOne): Promise<void> {
    const { policy, logger } = this.options;
    this.running += 1;
    try {
      const settled = record.owned && (await handleRecord(async () => handle(record), record, policy, logger));
      if (settled) this.finish([record]);
    } finally {
      this.running -= 1;
    }
  }

  private finish(records: ConsumedRecord[]): void {
    for (const { offset } of records) this.tracker.finish(Number(offset));
    this.options.onFinished(records.length);
  }
}
