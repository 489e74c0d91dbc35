import { hostname } from 'node:os';
import { Client, type QueryConfig, type QueryResultRow } from 'pg';
import { ADVISORY_LOCKS } from '#libs/database';
import type { OutboxMessage } from './outbox-table.js';

export interface OutboxRow extends OutboxMessage {
  id: string;
  /** How many ms a state had waited when it was read; null for what is no state. */
  waited: number | null;
  /** Of a state: when it was saved, of `performance.now()`. */
  savedAt?: number;
  /** Not read from the table: this process has just committed it. */
  committedHere?: boolean;
}

/** A message that the brokers refuse for good, and why. */
export interface Refused {
  row: OutboxRow;
  reason: string;
}

/** The session that has the relay's lock. */
export interface LockHolder {
  pid: number;
  /** null where this user may not see it. */
  application: string | null;
  user: string | null;
  address: string | null;
  /** Since it last did anything. */
  idleSeconds: number | null;
}

/** Woken by whoever has added messages in another process. */
export const CHANNEL = 'outbox';
const LOCK = ADVISORY_LOCKS.relay;
const MAX_ROWS = 500;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A relay asks every second. One that does not, because its process is frozen, loses its session and so the lock. */
const IDLE_TIMEOUT_MS = 15_000;
/** A server that no longer hears of us gives the lock to another instance within 25 s, instead of the usual two hours. */
const PREPARE = `SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
  SELECT set_config('idle_session_timeout', '${IDLE_TIMEOUT_MS}', false) WHERE current_setting('server_version_num')::integer >= 140000;
  LISTEN ${CHANNEL}`;

const HOLDER = `
  SELECT lock.pid, session.application_name AS application, session.usename AS user, host(session.client_addr) AS address,
    CASE WHEN session.state = 'idle' THEN extract(epoch FROM clock_timestamp() - session.state_change)::float8 END AS "idleSeconds"
  FROM pg_locks lock LEFT JOIN pg_stat_activity session ON session.pid = lock.pid
  WHERE lock.locktype = 'advisory' AND lock.granted AND lock.classid = 0 AND lock.objid = ${LOCK} AND lock.objsubid = 1
    AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Forgets what was published, keeps it where its topic does not keep states, and reads what comes next, in one round trip.
 * How long a state has waited, one clock says: that of the database.
 */
const NEXT = `
  WITH gone AS (
    DELETE FROM outbox WHERE id = ANY($1::bigint[]) RETURNING id, topic, key, value, headers, first_published_at
  ), kept AS (
    INSERT INTO outbox_published (published_at, id, topic, key, value, headers)
    SELECT coalesce(first_published_at, now()), id, topic, key, value, headers FROM gone WHERE topic <> ALL($2::text[])
  )
  SELECT id, topic, key, value, headers,
    CASE WHEN topic = ANY($2::text[]) THEN extract(epoch FROM now() - created_at)::float8 * 1000 END AS waited
  FROM outbox WHERE id <> ALL($4::bigint[]) AND topic <> ALL($3::text[])
  ORDER BY id LIMIT ${MAX_ROWS}`;

/** Of a state topic the last refusal of a key is enough: the owner's table has the rest. */
const SET_ASIDE = `
  WITH refused AS (
    DELETE FROM outbox WHERE id = $1 RETURNING id, topic, key, value, headers
  ), older AS (
    DELETE FROM outbox_set_aside s USING refused r WHERE s.topic = r.topic AND s.key = r.key AND r.topic = ANY($3::text[])
  )
  INSERT INTO outbox_set_aside (id, topic, key, value, headers, reason)
  SELECT id, topic, key, value, headers, $2 FROM refused`;

export const applicationName = (service: string): string => `nitropush-${service}-outbox`;
/** How this process shows in a log line about another one's lock. */
export const INSTANCE = `${hostname()}:${process.pid}`;

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
      application_name: applicationName(service),
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

  /** Who has the lock; undefined where nobody has. */
  async holder(): Promise<LockHolder | undefined> {
    const [row] = await this.ask<LockHolder>(HOLDER);
    return row;
  }

  /**
   * Forgets what was published, and reads what comes next.
   * @param keeping topics of states: what was published there is not kept
   * @param except topics whose rows are left where they are
   * @param inFlight ids of rows that are not to be read, those that were published among them
   */
  async next(
    published: string[],
    keeping: readonly string[],
    except: readonly string[],
    inFlight: readonly string[],
  ): Promise<OutboxRow[]> {
    const askedAt = performance.now();
    const values = [published, keeping, except, inFlight];
    const rows = await this.ask<OutboxRow>({ name: 'outbox-next', text: NEXT, values });
    for (const row of rows) if (row.waited !== null) row.savedAt = askedAt - row.waited;
    return rows;
  }

  /** Takes a message out of the way, and keeps it. */
  async setAside({ row, reason }: Refused, stateTopics: readonly string[]): Promise<void> {
    await this.ask(SET_ASIDE, [row.id, reason, stateTopics]);
  }

  /** Of rows that are gone something stays, and every statement looks through it; autovacuum comes by once a minute. */
  async clearAway(): Promise<void> {
    await this.ask('VACUUM (SKIP_LOCKED, TRUNCATE false) outbox');
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
