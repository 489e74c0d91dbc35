import type { Publisher } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
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
 * A crash between sending and deleting sends twice; it never loses.
 */
export class Relay {
  private session: RelaySession | undefined;
  private leading = false;
  private stopped = false;
  private running: Promise<void> | undefined;
  private wakeUp: (() => void) | undefined;
  private woken = false;
  private failures = 0;

  constructor(private readonly options: RelayOptions) {}

  get isLeader(): boolean {
    return this.leading;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There is something new in the table. */
  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  /** Wakes the instance that leads, if it is another one. */
  async wakeOther(): Promise<void> {
    await this.session?.notify();
  }

  pending(): ReturnType<RelaySession['pending']> | undefined {
    return this.leading ? this.session?.pending() : undefined;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.lead();
        await this.relay();
      } catch (error) {
        this.failed(error);
        await this.sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.failures, 10)));
      }
    }
    await this.release();
  }

  private async lead(): Promise<void> {
    while (!this.leading && !this.stopped) {
      this.session ??= await this.open();
      this.leading = await this.session.lead();
      if (!this.leading) await this.sleep(POLL_MS);
    }
  }

  private open(): Promise<RelaySession> {
    const lost = (): void => {
      this.leading = false;
      this.session = undefined;
    };
    return RelaySession.open(this.options.databaseUrl, this.options.service, { wake: () => this.wake(), lost });
  }

  /** Until the session is lost or something fails: reads, publishes, deletes. */
  private async relay(): Promise<void> {
    let published: string[] = [];
    while (this.leading && this.session && !(this.stopped && published.length === 0)) {
      this.woken = false;
      const rows = await this.session.next(published);
      if (published.length > 0) this.options.onPublished(published);
      published = [];
      if (rows.length > 0) published = await this.publish(rows);
      else if (!this.woken) await this.sleep(POLL_MS);
    }
  }

  private async publish(rows: OutboxRow[]): Promise<string[]> {
    await Promise.all([...byTopic(rows)].map(([topic, records]) => this.options.publisher.publish(topic, records)));
    if (this.failures > 0) this.options.logger.info({ failures: this.failures }, 'outbox.recovered');
    this.failures = 0;
    return rows.map(({ id }) => id);
  }

  private failed(error: unknown): void {
    this.failures += 1;
    if (this.failures === 1) this.options.logger.warn({ error: describeError(error) }, 'outbox.waits');
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

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wakeUp?.(), ms);
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
