/** A record on its way out. */
export interface OutboundRecord {
  key: string | null;
  value: Buffer | string | null;
  headers?: Record<string, string>;
  partition?: number;
}

export interface Pending {
  record: OutboundRecord;
  bytes: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** A send over the brokers' message.max.bytes (1 MB) to one partition is refused for good, so one stays well below. */
export const MAX_SEND_RECORDS = 400;
export const MAX_SEND_BYTES = 512 * 1024;

/** Sent records are cut off so rarely that it costs nothing. */
const COMPACT_AFTER = 4 * MAX_SEND_RECORDS;

/** One topic's records: one send in flight, everything that comes meanwhile in the next. Alone, a record goes at once. */
export class TopicQueue {
  private pending: Pending[] = [];
  private head = 0;
  private sending = false;
  private sentAt = -Infinity;

  constructor(
    private readonly send: (batch: Pending[]) => Promise<void>,
    /** Least time from one send to the next: for topics whose readers can wait. */
    private readonly gapMs = 0,
  ) {}

  add(record: OutboundRecord, bytes: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.pending.push({ record, bytes, resolve, reject });
      if (this.sending) return;
      this.sending = true;
      void this.drain();
    });
  }

  private async drain(): Promise<void> {
    await Promise.resolve(); // what is published in the same tick goes along
    while (this.waiting > 0) {
      await this.gap();
      const batch = this.take();
      try {
        await this.send(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.sending = false; // in the same step as the look above, so that nothing can be added in between
  }

  private async gap(): Promise<void> {
    const left = this.gapMs - (performance.now() - this.sentAt);
    if (left > 0 && this.waiting < MAX_SEND_RECORDS) await new Promise((resolve) => setTimeout(resolve, left));
    this.sentAt = performance.now();
  }

  private get waiting(): number {
    return this.pending.length - this.head;
  }

  private take(): Pending[] {
    let bytes = 0;
    let end = this.head;
    while (end < this.pending.length && end - this.head < MAX_SEND_RECORDS) {
      bytes += this.pending[end]!.bytes;
      if (bytes > MAX_SEND_BYTES && end > this.head) break;
      end += 1;
    }
    const batch = this.pending.slice(this.head, end);
    this.head = end;
    if (this.head === this.pending.length || this.head > COMPACT_AFTER) {
      this.pending = this.pending.slice(this.head); // what was sent must not be kept by what waits
      this.head = 0;
    }
    return batch;
  }
}
