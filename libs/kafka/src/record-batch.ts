import type { PartitionWork } from './partition-work.js';
import type { ConsumedRecord, InboundRecord } from './records.js';

/** What a consumer is handed: the new records of one fetch of one partition, in order. It says how they are to be worked on, and returns. */
export class RecordBatch {
  constructor(
    private readonly work: PartitionWork,
    private readonly taken: ConsumedRecord[],
  ) {}

  get topic(): string {
    return this.work.topic;
  }

  get partition(): number {
    return this.work.partition;
  }

  get records(): readonly InboundRecord[] {
    return this.taken;
  }

  /** Hands over every record at once, in order; each is finished on its own when its promise settles. */
  each(handle: (record: InboundRecord) => Promise<void>): void {
    this.work.each(this.taken, handle);
  }

  /** One chunk at a time, in order: what comes meanwhile is merged into the next. */
  inOrder(handle: (records: InboundRecord[]) => Promise<void>): void {
    this.work.inOrder(this.taken, handle);
  }
}
