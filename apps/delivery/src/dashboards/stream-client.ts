import { LRUCache } from 'lru-cache';
import type { SequencedAttempt } from './stream.queries.js';
import { StreamPosition } from './stream-position.js';

/** What a stream needs of an HTTP response. */
export interface StreamResponse {
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
  readonly destroyed: boolean;
  write(text: string): boolean;
  end(): void;
  destroy(): void;
  once(event: 'drain' | 'close', listener: () => void): unknown;
}

const MOST_WAITING_BYTES = 1_048_576;
const REMEMBERED = 5_000;
const MOST_HELD = 2_000;
const FLUSH_MS = 5_000;
/** setTimeout takes no longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** One reader of a stream. Sends each attempt once; while it is made to catch up, what happens waits for its turn. */
export class StreamClient {
  readonly position = new StreamPosition(0n);
  private readonly sent = new LRUCache<string, true>({ max: REMEMBERED });
  private readonly expiry: NodeJS.Timeout;
  private held: SequencedAttempt[] | undefined;
  private open = true;
  /** Resolves when the response is closed, whoever closed it. */
  readonly closed: Promise<void>;

  constructor(
    private readonly response: StreamResponse,
    expiresAtMs: number,
  ) {
    this.closed = new Promise((resolve) => {
      const close = (): void => {
        this.open = false;
        clearTimeout(this.expiry);
        resolve();
      };
      if (response.destroyed) queueMicrotask(close); // the client left before: there will be no `close`
      else response.once('close', close);
    });
    const lasts = Math.min(Math.max(0, expiresAtMs - Date.now()), LONGEST_TIMER_MS);
    this.expiry = setTimeout(() => this.end('the token has expired'), lasts);
  }

  get isOpen(): boolean {
    return this.open;
  }

  send({ seq, event }: SequencedAttempt): void {
    if (!this.open || this.sent.has(String(seq))) return;
    this.sent.set(String(seq), true);
    this.write(`id: ${this.position.next(seq)}\nevent: attempt\ndata: ${JSON.stringify(event)}\n\n`);
    if (this.response.writableLength > MOST_WAITING_BYTES) this.end('too slow: go on with Last-Event-ID');
  }

  /** Sends what has just happened. */
  happen(attempt: SequencedAttempt): void {
    if (!this.held || !this.open) return this.send(attempt);
    if (this.held.push(attempt) > MOST_HELD) this.end('too slow: go on with Last-Event-ID');
  }

  /** Runs one piece of catching up; two at once it never does. */
  async catchUp(work: () => Promise<void>): Promise<void> {
    if (this.held) return;
    this.held = [];
    try {
      await work();
    } finally {
      const held = this.held;
      this.held = undefined;
      for (const attempt of held) this.send(attempt);
    }
  }

  comment(text: string): void {
    this.write(`: ${text}\n\n`);
  }

  /** Resolves when there is room again, or the stream is over. */
  async room(): Promise<void> {
    if (!this.open || !this.response.writableNeedDrain) return;
    const drained = new Promise<void>((resolve) => this.response.once('drain', () => resolve()));
    await Promise.race([drained, this.closed]);
  }

  /** Says why and closes; a reader that does not take even that is cut off. */
  end(why: string): void {
    if (!this.open) return;
    this.comment(why);
    this.open = false;
    clearTimeout(this.expiry);
    this.response.end();
    const cut = setTimeout(() => this.response.destroy(), FLUSH_MS).unref();
    void this.closed.then(() => clearTimeout(cut));
  }

  private write(text: string): void {
    if (this.open && !this.response.destroyed) this.response.write(text);
  }
}
