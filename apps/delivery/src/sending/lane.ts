import type { LaneLoad } from './should-park.js';

/** One delivery waiting for its turn. */
export interface Job {
  /** Resolves when the next one may begin; never rejects. */
  run: () => Promise<void>;
  /** Puts it into the ledger instead, to be fed back by the pump; missing where it came from there. */
  park?: () => void;
}

const WINDOW_MS = 1_000;
/** Started jobs are cut off the array so rarely that it costs nothing. */
const COMPACT_AFTER = 1_000;

/** The deliveries of one destination: in order, so many at a time as the destination takes. */
export class Lane {
  /** Some of its deliveries wait in the ledger: what comes next must go behind them. */
  parked = false;
  private queue: Job[] = [];
  private head = 0;
  /** Of those that wait, the ones that nobody but this process knows of. */
  private parkable = 0;
  private active = 0;
  /** Of what is under way, oldest first. */
  private readonly startedAt: number[] = [];
  private busySince = 0;
  private windowStart = 0;
  private windowCount = 0;
  private lastRate = 0;

  constructor(
    private readonly concurrency: () => number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get waiting(): number {
    return this.queue.length - this.head;
  }

  get idle(): boolean {
    return this.active === 0 && this.waiting === 0 && !this.parked;
  }

  get load(): LaneLoad {
    const now = this.now();
    return {
      waiting: this.parkable,
      busyForMs: this.active === 0 ? 0 : now - this.busySince,
      ratePerSecond: this.rate(now),
      oldestForMs: this.oldest(now),
    };
  }

  push(job: Job): void {
    if (this.active === 0 && this.waiting === 0) this.begin();
    this.queue.push(job);
    if (job.park) this.parkable += 1;
    this.startNext();
  }

  /** Puts into the ledger what waits only here, in order. */
  park(): void {
    this.parked = true;
    const waiting = this.queue.slice(this.head);
    this.queue = waiting.filter((job) => !job.park);
    this.head = 0;
    this.parkable = 0;
    for (const job of waiting) job.park?.();
  }

  /**
   * Ends what waits: each job is run at once, and sees that it is no longer owned. Left behind one that hangs, it would still
   * be in flight when its partition comes back.
   */
  drop(): void {
    const waiting = this.queue.slice(this.head);
    this.queue = [];
    this.head = 0;
    this.parkable = 0;
    for (const job of waiting) void job.run();
  }

  /** Its destination could take nothing until now: how fast it is shows from here on. */
  goOn(): void {
    if (this.waiting > 0) this.begin();
    this.startNext();
  }

  private startNext(): void {
    while (this.waiting > 0 && this.active < this.concurrency()) {
      const job = this.queue[this.head]!;
      this.head += 1;
      if (job.park) this.parkable -= 1;
      if (this.head > COMPACT_AFTER && this.head * 2 > this.queue.length) this.compact();
      this.active += 1;
      const startedAt = this.now();
      this.startedAt.push(startedAt);
      void job.run().then(() => this.ended(startedAt));
    }
  }

  private compact(): void {
    this.queue = this.queue.slice(this.head);
    this.head = 0;
  }

  private ended(startedAt: number): void {
    this.active -= 1;
    this.startedAt.splice(this.startedAt.indexOf(startedAt), 1);
    this.count();
    this.startNext();
  }

  private begin(): void {
    this.busySince = this.now();
    this.windowStart = this.busySince;
    this.windowCount = 0;
    this.lastRate = 0;
  }

  private count(): void {
    this.windowCount += 1;
    const elapsed = this.now() - this.windowStart;
    if (elapsed < WINDOW_MS) return;
    this.lastRate = (this.windowCount * 1_000) / elapsed;
    this.windowStart = this.now();
    this.windowCount = 0;
  }

  private oldest(now: number): number {
    return now - (this.startedAt[0] ?? now);
  }

  /** The pace of the last full window, or of the current one where that is more telling. */
  private rate(now: number): number {
    const elapsed = now - this.windowStart;
    const current = (this.windowCount * 1_000) / Math.max(elapsed, 1);
    return this.lastRate === 0 || elapsed > 2 * WINDOW_MS ? current : this.lastRate;
  }
}
