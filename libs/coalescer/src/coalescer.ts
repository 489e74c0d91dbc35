interface Item<I, O> {
  input: I;
  resolve: (output: O | Promise<O>) => void;
  reject: (error: unknown) => void;
}

/** How much work is done at once, and how often. */
export interface PieceLimits<I> {
  maxItems: number;
  /** Of one piece, unless a single item is larger; in the unit of `sizeOf`. */
  maxSize?: number;
  sizeOf?: (input: I) => number;
  /** Least time in ms from one beginning to the next, unless there is enough for a whole piece. */
  gapMs?: number | undefined;
}

/** Handed out items are cut off the queue in one go, so rarely that it costs nothing. */
const COMPACT_AFTER = 1_024;

/**
 * One piece of work in flight; all that comes meanwhile goes in the next. Alone, an item goes out at once; under load,
 * work grows instead of queueing, and with a gap it is begun no more often than that.
 */
export class Coalescer<I, O> {
  private queue: Item<I, O>[] = [];
  /** Where in the queue what waits begins. */
  private head = 0;
  private running: Promise<void> | undefined;
  private begunAt = -Infinity;
  private inWork = 0;
  private readonly held: (() => void)[] = [];

  /** `work` answers with one output per input, in their order; a rejected promise among them fails that input alone. */
  constructor(
    private readonly work: (inputs: I[]) => Promise<(O | Promise<O>)[]>,
    private readonly limits: PieceLimits<I>,
  ) {}

  get backlog(): number {
    return this.queue.length - this.head;
  }

  add(input: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.queue.push({ input, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when fewer than so many wait or are in work: at once, or when one of the next pieces has ended, well or badly. */
  async below(count: number): Promise<void> {
    while (this.backlog + this.inWork >= count) await new Promise<void>((resolve) => this.held.push(resolve));
  }

  /** Resolves when all that was added before has ended, well or badly. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async gap(): Promise<void> {
    const { gapMs = 0, maxItems } = this.limits;
    const left = this.begunAt + gapMs - performance.now();
    if (left > 0 && this.backlog < maxItems) await new Promise((resolve) => setTimeout(resolve, left));
    this.begunAt = performance.now();
  }

  private async drain(): Promise<void> {
    await Promise.resolve(); // what is added in the same tick goes along
    while (this.backlog > 0) {
      await this.gap();
      const items = this.take();
      this.inWork = items.length;
      try {
        const outputs = await this.work(items.map(({ input }) => input));
        for (const [index, item] of items.entries()) item.resolve(outputs[index] as O | Promise<O>);
      } catch (error) {
        for (const item of items) item.reject(error);
      }
      this.inWork = 0;
      for (const release of this.held.splice(0)) release();
    }
    this.running = undefined; // in the same step as the look above, so that nothing can be added in between
  }

  private take(): Item<I, O>[] {
    const { maxItems, maxSize = Infinity, sizeOf } = this.limits;
    const last = Math.min(this.queue.length, this.head + maxItems);
    let end = sizeOf ? this.head : last;
    for (let size = 0; end < last; end += 1) {
      size += sizeOf!(this.queue[end]!.input);
      if (size > maxSize && end > this.head) break;
    }
    const items = this.queue.slice(this.head, end);
    this.head = end;
    if (this.head === this.queue.length || this.head > COMPACT_AFTER) {
      this.queue = this.queue.slice(this.head); // what was handed out must not be kept by what waits
      this.head = 0;
    }
    return items;
  }
}
