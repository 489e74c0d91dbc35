import { Client } from 'pg';
import type { OutboxMessage } from './outbox-table.js';

export interface OutboxRow extends OutboxMessage {
  id: string;
}

/** Woken by whoever has added messages in another process. */
const CHANNEL = 'outbox';
/** Of the advisory locks in a service's database, the relay's. */
const LOCK = 4_120_114;
const MAX_ROWS = 500;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * The relay's own connection. The lock belongs to the session, and everything is read and deleted through it: when the
 * session dies the lock is gone, and so is the means to go on without it.
 */
export class RelaySession {
  private constructor(private readonly client: Client) {}

  static async open(
    databaseUrl: string,
    service: string,
    on: { wake: () => void; lost: (error?: Error) => void },
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
    client.on('end', () => on.lost());
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    return new RelaySession(client);
  }

  /** True once this instance is the one that publishes. */
  async lead(): Promise<boolean> {
    const { rows } = await this.client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
    return rows[0]!.locked;
  }

  /** Forgets what was published, and reads what comes next, in one round trip. */
  async next(published: string[]): Promise<OutboxRow[]> {
    const { rows } = await this.client.query<OutboxRow>({
      name: 'outbox-next',
      text: `WITH gone AS (DELETE FROM outbox WHERE id = ANY($1::bigint[]))
        SELECT id, topic, key, value, headers FROM outbox WHERE id <> ALL($1::bigint[]) ORDER BY id LIMIT ${MAX_ROWS}`,
      values: [published],
    });
    return rows;
  }

  async notify(): Promise<void> {
    await this.client.query(`NOTIFY ${CHANNEL}`);
  }

  async pending(): Promise<{ count: number; oldestSeconds: number }> {
    const { rows } = await this.client.query<{ count: number; oldest: number }>(
      `SELECT count(*)::integer AS count, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest FROM outbox`,
    );
    return { count: rows[0]!.count, oldestSeconds: rows[0]!.oldest };
  }

  async close(): Promise<void> {
    this.client.removeAllListeners('end');
    await this.client.end();
  }
}
