import type { DataSource, EntityManager } from 'typeorm';
import { HEADERS } from '#libs/contracts';
import { CHANNEL } from './relay-session.js';

/** Which of the messages that were published. */
export interface ResendSelection {
  /** When they were published, by the database's clock. */
  since: Date;
  /** Up to now where it is left out. */
  until?: Date;
  /** Those of this key alone: on `release.events`, a project's id. */
  key?: string;
}

export interface ResendOptions extends ResendSelection {
  /** Told after each chunk how many there were up to then. */
  onChunk?: (count: number) => void;
  /** No further chunk is begun once it is aborted. */
  signal?: AbortSignal;
}

const CHUNK = 500;

interface Place {
  published_at: string;
  id: string;
}

/** What is sent again gets a new id; those that have one already by now are not taken twice. */
const WITHIN = `published_at >= $1 AND published_at < $2 AND id <= $3 AND ($4::text IS NULL OR key = $4)`;

/** Moved back into the queue, behind what waits there, in the order in which they went out. */
const MOVE = `
  WITH chosen AS (
    SELECT published_at, id FROM outbox_published WHERE ${WITHIN} AND (published_at, id) > ($5::timestamptz, $6::bigint)
    ORDER BY published_at, id LIMIT ${CHUNK}
  ), taken AS (
    DELETE FROM outbox_published p USING chosen c WHERE p.published_at = c.published_at AND p.id = c.id RETURNING p.*
  ), queued AS (
    INSERT INTO outbox (topic, key, value, headers, first_published_at)
    SELECT topic, key, value, (headers::jsonb || '{"${HEADERS.resent}": "true"}')::json, published_at FROM taken ORDER BY published_at, id
  )
  SELECT published_at::text, id::text FROM taken ORDER BY published_at DESC, id DESC`;

const BEFORE_ALL: Place = { published_at: '-infinity', id: '0' };

/** How many messages a resend would send. */
export async function countPublished(dataSource: DataSource, selection: ResendSelection): Promise<number> {
  const rows = await dataSource.query<{ count: number }[]>(
    `SELECT count(*)::integer AS count FROM outbox_published WHERE ${WITHIN}`,
    await bounds(dataSource, selection),
  );
  return rows[0]!.count;
}

/**
 * Sends again what was published, through the relay that runs: the same keys, values and headers, so the same ids of
 * events, and one header more that says that they were sent before. Goes in chunks, each of them whole or not at all, so
 * that it may be stopped and started again, and what is new goes out in between. Answers how many.
 */
export async function resend(
  dataSource: DataSource,
  { onChunk, signal, ...selection }: ResendOptions,
): Promise<number> {
  const within = await bounds(dataSource, selection);
  let count = 0;
  let after: Place = BEFORE_ALL;
  for (;;) {
    if (signal?.aborted) return count;
    const moved: Place[] = await movedRows(dataSource, [...within, after.published_at, after.id]);
    if (!moved[0]) return count;
    after = moved[0];
    count += moved.length;
    onChunk?.(count);
  }
}

/**
 * Brings back what was set aside, once the brokers take it. Of a state topic it is only forgotten: its owner publishes
 * the state of now at its next comparison. Answers how many there were.
 */
export async function resendSetAside(dataSource: DataSource, stateTopics: readonly string[]): Promise<number> {
  return dataSource.transaction(async (manager) => {
    const taken = await manager.query<unknown[]>(
      `WITH taken AS (DELETE FROM outbox_set_aside RETURNING *), queued AS (
         INSERT INTO outbox (topic, key, value, headers)
         SELECT topic, key, value, headers FROM taken WHERE topic <> ALL($1::text[]) ORDER BY id
       ) SELECT id FROM taken`,
      [stateTopics],
    );
    await notify(manager);
    return taken.length;
  });
}

async function bounds(dataSource: DataSource, { since, until, key }: ResendSelection): Promise<unknown[]> {
  const [now] = await dataSource.query<{ at: Date; id: string }[]>(
    `SELECT now() AS at, last_value::text AS id FROM ${await sequence(dataSource)}`,
  );
  return [since, until ?? now!.at, now!.id, key ?? null];
}

async function sequence(dataSource: DataSource): Promise<string> {
  const [row] = await dataSource.query<{ name: string }[]>(`SELECT pg_get_serial_sequence('outbox', 'id') AS name`);
  return row!.name;
}

function movedRows(dataSource: DataSource, values: unknown[]): Promise<Place[]> {
  return dataSource.transaction(async (manager) => {
    const moved = await manager.query<Place[]>(MOVE, values);
    await notify(manager);
    return moved;
  });
}

const notify = (manager: EntityManager): Promise<unknown> => manager.query(`NOTIFY ${CHANNEL}`);
