interface Item<I, O> {
  input: I;
  resolve: (output: O | Promise<O>) => void;
  reject: (error: unknown) => void;
}

/**
 * One piece of work in flight; all that comes meanwhile goes in the next. Alone, an item goes out at once; under load,
 * work grows instead of queueing, and with a gap it is begun no more often than that.
 */
export class Coalescer<I, O> {
  private waiting: Item<I, O>[] = [];
  private running: Promise<void> | undefined;
  private begunAt = -Infinity;
  private inWork = 0;
  private readonly held: (() => void)[] = [];

  /** `work` answers with one output per input, in their order; a rejected promise among them fails that input alone. */
  constructor(
    private readonly work: (inputs: I[]) => Promise<(O | Promise<O>)[]>,
    private readonly maxItems: number,
    /** Least time from one beginning to the next, unless there is enough for a whole piece. */
    private readonly gapMs = 0,
  ) {}

  get backlog(): number {
    return this.waiting.length;
  }

  add(input: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when fewer than so many wait or are in work: at once, or when one of the next pieces has ended, well or badly. */
  async below(count: number): Promise<void> {
    while (this.waiting.length + this.inWork >= count) await new Promise<void>((resolve) => this.held.push(resolve));
  }

  /** Resolves when all that was added before has ended, well or badly. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async gap(): Promise<void> {
    const left = this.begunAt + this.gapMs - performance.now();
    if (left > 0 && this.waiting.length < this.maxItems) await new Promise((resolve) => setTimeout(resolve, left));
    this.begunAt = performance.now();
  }

  private async drain(): Promise<void> {
    await Promise.resolve(); // what is added in the same tick goes along
    while (this.waiting.length > 0) {
      await this.gap();
      const items = this.waiting.splice(0, this.maxItems);
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
    this.running = undefined;
  }
}
