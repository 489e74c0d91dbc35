import type { DataSource, EntityManager } from 'typeorm';
import type { Publisher } from '#libs/kafka';
import { Gauge, describeError, type Logger, type Registry } from '#libs/observability';
import { addToOutbox } from './add-to-outbox.js';
import type { OutboxMessage } from './outbox-table.js';
import { CHANNEL } from './relay-session.js';
import { Relay } from './relay.js';

export interface OutboxOptions {
  service: string;
  /** Of the service's own database: the relay has a connection of its own. */
  databaseUrl: string;
  logger: Logger;
  registry: Registry;
}

/** Where nobody told of it by then, how often to look whether a message has left. */
const LOOK_MS = 25;

interface Pending {
  count: number;
  oldestSeconds: number;
}

const NOTHING: Pending = { count: 0, oldestSeconds: 0 };

/** Messages that leave if, and only if, the transaction commits that they were added in. */
export class Outbox {
  private readonly relay: Relay;
  private readonly waiters = new Map<string, () => void>();
  private notifying: 'no' | 'yes' | 'and again' = 'no';

  constructor(
    private readonly dataSource: DataSource,
    publisher: Pick<Publisher, 'publish'>,
    private readonly options: OutboxOptions,
  ) {
    this.relay = new Relay({ ...options, publisher, onPublished: (ids) => this.settle(ids) });
    this.measure();
  }

  start(): void {
    this.relay.start();
  }

  /** Publishes what is under way and lets another instance take over. */
  stop(): Promise<void> {
    return this.relay.stop();
  }

  /** Adds messages in the caller's transaction. Answers their ids, for `published`. */
  add(manager: EntityManager, messages: OutboxMessage[]): Promise<string[]> {
    return addToOutbox(manager, messages);
  }

  /** To be called after a commit: the relay need not wait for its next look. */
  wake(): void {
    if (this.relay.isLeader) this.relay.wake();
    else void this.wakeOther();
  }

  /** To be called after the commit. True once the messages are on their topics, false after `withinMs`; they go out then, too. */
  async published(ids: string[], withinMs: number): Promise<boolean> {
    if (ids.length === 0) return true;
    const deadline = Date.now() + withinMs;
    let waiting = true;
    const here = Promise.all(ids.map((id) => new Promise<void>((resolve) => this.waiters.set(id, resolve)))).then(
      () => true,
    );
    this.wake();
    const elsewhere = this.gone(ids, () => waiting && Date.now() < deadline);
    try {
      return await Promise.race([here, elsewhere]);
    } finally {
      waiting = false;
      for (const id of ids) this.waiters.delete(id);
    }
  }

  /**
   * Looks at the table: another instance may be the one that publishes, or this one did before anybody waited. A database
   * that is away cannot tell: the commit stands.
   */
  private async gone(ids: string[], goOn: () => boolean): Promise<boolean> {
    while (goOn()) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (goOn() && (await this.left(ids)) === 0) return true;
    }
    return false;
  }

  private async left(ids: string[]): Promise<number> {
    try {
      const rows = await this.dataSource.query<unknown[]>('SELECT 1 FROM outbox WHERE id = ANY($1::bigint[])', [ids]);
      return rows.length;
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.not-seen');
      return ids.length;
    }
  }

  private settle(ids: string[]): void {
    for (const id of ids) this.waiters.get(id)?.();
  }

  /**
   * One NOTIFY stands for all commits that came while the one before was under way: a lock of the whole server is taken for
   * each. That one may have been heard before those commits were seen, so it does not stand for them.
   */
  private async wakeOther(): Promise<void> {
    if (this.notifying !== 'no') {
      this.notifying = 'and again';
      return;
    }
    do {
      this.notifying = 'yes';
      try {
        await this.dataSource.query(`NOTIFY ${CHANNEL}`);
      } catch (error) {
        this.options.logger.debug({ error: describeError(error) }, 'outbox.not-notified'); // it looks every second anyway
      }
    } while ((this.notifying as string) === 'and again');
    this.notifying = 'no';
  }

  private measure(): void {
    const { registry } = this.options;
    const pending = (): Promise<Pending> => this.pending();
    const oldest = new Gauge({
      name: 'outbox_oldest_seconds',
      help: 'Age of the oldest message that waits; at the relay',
      registers: [registry],
    });
    new Gauge({
      name: 'outbox_pending',
      help: 'Messages that wait to be published; at the relay',
      registers: [registry],
      async collect() {
        const { count, oldestSeconds } = await pending();
        this.set(count);
        oldest.set(oldestSeconds);
      },
    });
  }

  /** Told by the instance that publishes, and by one that cannot begin to because the brokers are away. */
  private async pending(): Promise<Pending> {
    if (this.relay.isStarted && !this.relay.isLeader) return NOTHING;
    try {
      const rows = await this.dataSource.query<Pending[]>(
        `SELECT count(*)::integer AS count, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds" FROM outbox`,
      );
      return rows[0]!;
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.not-counted'); // the other metrics must be served
      return NOTHING;
    }
  }
}
