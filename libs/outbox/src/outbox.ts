import type { DataSource, EntityManager } from 'typeorm';
import type { Publisher } from '#libs/kafka';
import { Gauge, describeError, type Logger, type Registry } from '#libs/observability';
import type { OutboxMessage } from './outbox-table.js';
import { Relay } from './relay.js';

export interface OutboxOptions {
  service: string;
  /** Of the service's own database: the relay has a connection of its own. */
  databaseUrl: string;
  logger: Logger;
  registry: Registry;
}

/** Another instance publishes: how often to look whether it has. */
const LOOK_MS = 25;

/** Messages that leave if, and only if, the transaction commits that they were added in. */
export class Outbox {
  private readonly relay: Relay;
  private readonly waiters = new Map<string, () => void>();
  private notifying = false;

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
  async add(manager: EntityManager, messages: OutboxMessage[]): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `INSERT INTO outbox (topic, key, value, headers)
       SELECT topic, key, value, headers FROM json_to_recordset($1::json) AS m(topic text, key text, value text, headers json) RETURNING id`,
      [JSON.stringify(messages)],
    );
    return rows.map(({ id }) => id);
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

  /** Looks at the table as long as another instance is the one that publishes. A database that is away cannot tell: the commit stands. */
  private async gone(ids: string[], goOn: () => boolean): Promise<boolean> {
    while (goOn()) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (!this.relay.isLeader && (await this.left(ids)) === 0) return true;
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

  /** One NOTIFY stands for all commits while it is under way: a lock of the whole server is taken for each. */
  private async wakeOther(): Promise<void> {
    if (this.notifying) return;
    this.notifying = true;
    try {
      await this.relay.wakeOther();
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.not-notified'); // it looks every second anyway
    } finally {
      this.notifying = false;
    }
  }

  private measure(): void {
    const { registry } = this.options;
    const relay = this.relay;
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
        const pending = await relay.pending();
        this.set(pending?.count ?? 0);
        oldest.set(pending?.oldestSeconds ?? 0);
      },
    });
  }
}
