/**
 * For a service's own migration. Rows live for milliseconds, so the table is vacuumed by their number and not by a share
 * of a table that is usually empty.
 */
export const OUTBOX_TABLE_SQL: string[] = [
  `CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    key text NOT NULL,
    value text,
    headers json NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0)`,
];

/**
 * For a later migration: where messages stay that were published, and those that the brokers refuse for good. They are
 * tables of their own, so that the queue stays as small as it is, and that a relay of an earlier build, which publishes
 * and deletes whatever it finds in `outbox`, does right beside a new one.
 */
export const OUTBOX_ARCHIVE_SQL: string[] = [
  // when it was first published, of a message that is sent again
  'ALTER TABLE outbox ADD COLUMN first_published_at timestamptz',
  `CREATE TABLE outbox_published (
    published_at timestamptz NOT NULL,
    id bigint NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    value text,
    headers json NOT NULL,
    PRIMARY KEY (published_at, id)
  )`,
  `CREATE TABLE outbox_set_aside (
    id bigint PRIMARY KEY,
    topic text NOT NULL,
    key text NOT NULL,
    value text,
    headers json NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now(),
    reason text NOT NULL
  )`,
];

/** A message that leaves with the transaction that it was added in. */
export interface OutboxMessage {
  topic: string;
  key: string;
  /** null: a tombstone. */
  value: string | null;
  headers: Record<string, string>;
}
