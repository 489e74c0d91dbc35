import type { Publisher } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import { piecesOf } from './pieces.js';
import { RelaySession, type OutboxRow } from './relay-session.js';

export interface RelayOptions {
  service: string;
  databaseUrl: string;
  publisher: Pick<Publisher, 'publish'>;
  logger: Logger;
  /** Told the ids that are on their topics and gone from the table. */
  onPublished: (ids: string[]) => void;
}

const POLL_MS = 1_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Publishes the outbox of a service; of all its instances one does. Rows go out by id. An id is drawn inside the
 * transaction, so a change that was answered before another began has the smaller id, and was visible by the time the
 * other is: what is causally ordered stays ordered. Only changes that overlap may swap, and for one row locks forbid that.
 * A crash between sending and deleting sends twice; it never loses. What this process knows it has sent it does not send
 * again, also where the deletion failed.
 */
export class Relay {
  private session: RelaySession | undefined;
  private leading = false;
  private stopped = false;
  private running: Promise<void> | undefined;
  private woken = false;
  private failures = 0;
  /** On their topics, but not known to be gone from the table. */
  private sent: string[] = [];
  /** Ends the sleep for want of work. */
  private wakeUp: (() => void) | undefined;
  /** Ends the sleep after a failure: only a stop does, since new messages do not make the brokers come back. */
  private giveUp: (() => void) | undefined;

  constructor(private readonly options: RelayOptions) {}

  get isLeader(): boolean {
    return this.leading;
  }

  get isStarted(): boolean {
    return this.running !== undefined;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There is something new in the table. */
  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.giveUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.lead();
        await this.relay();
      } catch (error) {
        await this.failed(error);
      }
    }
    await this.release();
  }

  private async lead(): Promise<void> {
    while (!this.leading && !this.stopped) {
      const session = (this.session ??= await this.open());
      const locked = await session.lead();
      if (this.session !== session) continue; // it was lost with the answer under way
      this.leading = locked;
      if (!locked) await this.sleep();
    }
  }

  private async open(): Promise<RelaySession> {
    let session: RelaySession | undefined;
    const lost = (): void => {
      if (this.session !== session) return; // an older one that ends late
      this.leading = false;
      this.session = undefined;
    };
    const { databaseUrl, service } = this.options;
    session = await RelaySession.open(databaseUrl, service, { wake: () => this.wake(), lost });
    return session;
  }

  /** Until the session is lost or something fails: reads, publishes, deletes. */
  private async relay(): Promise<void> {
    while (this.leading && this.session && !(this.stopped && this.sent.length === 0)) {
      this.woken = false;
      const gone = this.sent;
      const rows = await this.session.next(gone);
      this.sent = [];
      if (gone.length > 0) this.options.onPublished(gone);
      if (rows.length > 0) await this.publish(rows);
      else if (!this.woken) await this.sleep();
    }
  }

  private async publish(rows: OutboxRow[]): Promise<void> {
    for (const piece of piecesOf(rows)) {
      if (this.stopped) return;
      await Promise.all([...byTopic(piece)].map(([topic, records]) => this.options.publisher.publish(topic, records)));
      this.sent.push(...piece.map(({ id }) => id));
    }
    if (this.failures > 0) this.options.logger.info({ failures: this.failures }, 'outbox.recovered');
    this.failures = 0;
  }

  /** Says so once, and waits longer each time. */
  private async failed(error: unknown): Promise<void> {
    this.failures += 1;
    if (this.failures === 1) this.options.logger.warn({ error: describeError(error) }, 'outbox.waits');
    if (this.stopped) return;
    const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.failures, 10));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.giveUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async release(): Promise<void> {
    const { session } = this;
    this.leading = false;
    this.session = undefined;
    try {
      await session?.close();
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.session-not-closed');
    }
  }

  /** Until it is woken, or it is time to look. */
  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wakeUp?.(), POLL_MS);
      this.wakeUp = () => {
        clearTimeout(timer);
        this.wakeUp = undefined;
        resolve();
      };
    });
  }
}

function byTopic(rows: OutboxRow[]): Map<string, Pick<OutboxRow, 'key' | 'value' | 'headers'>[]> {
  const topics = new Map<string, Pick<OutboxRow, 'key' | 'value' | 'headers'>[]>();
  for (const { topic, key, value, headers } of rows) {
    const records = topics.get(topic) ?? [];
    records.push({ key, value, headers });
    topics.set(topic, records);
  }
  return topics;
}
