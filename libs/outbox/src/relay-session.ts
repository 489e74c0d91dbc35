import { Client, type QueryConfig, type QueryResultRow } from 'pg';
import type { OutboxMessage } from './outbox-table.js';

export interface OutboxRow extends OutboxMessage {
  id: string;
}

/** Woken by whoever has added messages in another process. */
export const CHANNEL = 'outbox';
/** Of the advisory locks in a service's database, the relay's. */
const LOCK = 4_120_114;
const MAX_ROWS = 500;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A server that no longer hears of us gives the lock to another instance within 25 s, instead of the usual two hours. */
const PREPARE = `SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; LISTEN ${CHANNEL}`;

/**
 * The relay's own connection. The lock belongs to the session, and everything is read and deleted through it: when the
 * session dies the lock is gone, and so is the means to go on without it.
 */
export class RelaySession {
  private constructor(
    private readonly client: Client,
    private readonly lost: () => void,
  ) {}

  static async open(
    databaseUrl: string,
    service: string,
    on: { wake: () => void; lost: () => void },
  ): Promise<RelaySession> {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: `nitropush-${service}-outbox`,
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
      query_timeout: STATEMENT_TIMEOUT_MS,
    });
    client.on('notification', on.wake);
    client.on('error', on.lost);
    client.on('end', on.lost);
    const session = new RelaySession(client, on.lost);
    await client.connect();
    await session.ask(PREPARE);
    return session;
  }

  /** True once this instance is the one that publishes. */
  async lead(): Promise<boolean> {
    const [row] = await this.ask<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
    return row!.locked;
  }

  /** Forgets what was published, and reads what comes next, in one round trip. */
  next(published: string[]): Promise<OutboxRow[]> {
    return this.ask<OutboxRow>({
      name: 'outbox-next',
      text: `WITH gone AS (DELETE FROM outbox WHERE id = ANY($1::bigint[]))
        SELECT id, topic, key, value, headers FROM outbox WHERE id <> ALL($1::bigint[]) ORDER BY id LIMIT ${MAX_ROWS}`,
      values: [published],
    });
  }

  async close(): Promise<void> {
    this.client.removeAllListeners('end');
    await this.client.end();
  }

  /** A query that failed may still be under way on a connection that has gone silent: nothing else could pass it. */
  private async ask<R extends QueryResultRow>(query: string | QueryConfig, values?: unknown[]): Promise<R[]> {
    try {
      return (await this.client.query<R>(query, values)).rows;
    } catch (error) {
      this.lost();
      void this.client.end().catch(() => undefined); // its fault is told below
      throw error;
    }
  }
}
