import type { KafkaLogger } from './logger.js';

export interface WholenessOptions {
  topic: string;
  logger: KafkaLogger;
  completeKey?: string;
  assumeWholeAfterMs?: number;
  /** Resolves when all that is on the topic was read. */
  toEnd: () => Promise<void>;
  /** Called when all states were read, by the owner's word; not where that is only assumed. */
  onWhole?: () => void;
}

const ASSUME_WHOLE_AFTER_MS = 60_000;

/** Whether a topic holds the states of everything there is, and they have been read. Its end alone does not say so: it may have been created a moment ago. */
export class Wholeness {
  whole = false;
  private marked = false;
  private states = 0;
  private run = 0;
  private assumed = false;
  private stopped = false;
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WholenessOptions) {}

  /** Resolves when it is whole, or was stopped. */
  async begin(): Promise<void> {
    this.run += 1;
    await this.become(this.run);
    await this.done();
  }

  /** The topic was created again: it is whole only when its owner has said so anew. */
  restart(): void {
    this.whole = false;
    this.marked = false;
    this.states = 0;
    clearTimeout(this.timer);
    this.run += 1;
    this.release();
    void this.become(this.run).catch((error: unknown) => {
      this.options.logger.debug({ topic: this.options.topic, reason: String(error) }, 'state.not-read'); // only once stopped
    });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.release();
  }

  /** A record was read: one state, or the owner's word that all are there. */
  saw(marker: boolean): void {
    if (!marker) this.states += 1;
    else if (!this.marked) {
      this.marked = true;
      this.release();
    }
  }

  async done(): Promise<void> {
    while (!this.whole && !this.stopped) await this.next();
  }

  private async become(run: number): Promise<void> {
    const { topic, logger, toEnd, completeKey, onWhole } = this.options;
    const goesOn = (): boolean => !this.stopped && this.run === run;
    for (;;) {
      const marked = this.marked || completeKey === undefined;
      await toEnd(); // asked after the marker was read: what it speaks of lies below this end
      if (!goesOn()) return;
      if (marked) break;
      if (!this.marked && !(await this.markedInTime(run))) break;
      if (!goesOn()) return;
    }
    this.whole = true;
    if (this.marked) onWhole?.();
    logger.info({ topic, states: this.states }, 'state.read-whole');
    this.release();
  }

  /** False where an owner that does not send the marker has had its time. Without a state there is nothing to assume. */
  private async markedInTime(run: number): Promise<boolean> {
    const { topic, logger, assumeWholeAfterMs = ASSUME_WHOLE_AFTER_MS } = this.options;
    this.assumed = false;
    const over = (): void => {
      this.assumed = this.states > 0;
      if (this.assumed) this.release();
      else this.timer = setTimeout(over, assumeWholeAfterMs).unref();
    };
    this.timer = setTimeout(over, assumeWholeAfterMs).unref();
    while (!this.marked && !this.assumed && !this.stopped && this.run === run) await this.next();
    if (this.run !== run) return true;
    clearTimeout(this.timer);
    if (!this.assumed || this.marked) return true;
    logger.warn({ topic, states: this.states }, 'state.assumed-whole');
    return false;
  }

  private next(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  private release(): void {
    const released = [...this.waiting];
    this.waiting.clear();
    for (const resolve of released) resolve();
  }
}
