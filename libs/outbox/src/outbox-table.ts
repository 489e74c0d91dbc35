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

/** A message that leaves with the transaction that it was added in. */
export interface OutboxMessage {
  topic: string;
  key: string;
  /** null: a tombstone. */
  value: string | null;
  headers: Record<string, string>;
}
