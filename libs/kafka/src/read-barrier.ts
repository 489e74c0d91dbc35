import type { PartitionEnd } from './topic-ends.js';
import { KafkaUnavailable } from './outage.js';

export interface ReadBarrierOptions {
  /** Asks the brokers where each partition ends. */
  ends: () => Promise<PartitionEnd[]>;
  /** A partition ends below what was read of it. */
  onWentBack: () => void;
}

interface Waiting {
  ends: PartitionEnd[];
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Knows how far each partition has been read, and can wait until all that is there now has been. */
export class ReadBarrier {
  private readonly position = new Map<number, number>();
  private readonly waiting = new Set<Waiting>();
  private asking: Promise<void> | undefined;

  constructor(private readonly options: ReadBarrierOptions) {}

  positionOf(partition: number): number {
    return this.position.get(partition) ?? 0;
  }

  /** Everything of a partition below `next` was read. After a rejoin a reader begins from below: what it has read it has read. */
  advance(partition: number, next: number): void {
    if (next <= this.positionOf(partition)) return;
    this.position.set(partition, next);
    for (const one of this.waiting) {
      if (!this.reached(one.ends)) continue;
      this.waiting.delete(one);
      one.resolve();
    }
  }

  /** These partitions are read from their beginning. The ends that somebody waits for may never be reached. */
  forget(partitions: Iterable<number>): void {
    for (const partition of partitions) this.position.delete(partition);
    const abandoned = [...this.waiting];
    this.waiting.clear();
    for (const { reject } of abandoned) reject(new KafkaUnavailable('the topic is read from its beginning again'));
  }

  /**
   * Resolves when everything that is on the topic at the time of the call was read. Calls of the same moment ask once.
   * @throws KafkaUnavailable where the topic is read from its beginning meanwhile; the brokers' error
   */
  toEnd(): Promise<void> {
    this.asking ??= Promise.resolve().then(async () => {
      this.asking = undefined; // who comes from here on needs ends that are newer than these
      await this.until(await this.ask());
    });
    return this.asking;
  }

  private async ask(): Promise<PartitionEnd[]> {
    const read = new Map(this.position); // what is read while the answer is on its way may lie beyond it
    const ends = await this.options.ends();
    const back = ends.filter(({ partition, end }) => end < (read.get(partition) ?? 0));
    if (back.length > 0) {
      this.forget(back.map(({ partition }) => partition));
      this.options.onWentBack();
    }
    return ends;
  }

  private until(ends: PartitionEnd[]): Promise<void> {
    if (this.reached(ends)) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.add({ ends, resolve, reject }));
  }

  private reached(ends: PartitionEnd[]): boolean {
    return ends.every(({ partition, end }) => this.positionOf(partition) >= end);
  }
}
