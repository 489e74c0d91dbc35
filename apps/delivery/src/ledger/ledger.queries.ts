import { namesOf, typesOf } from '#libs/database';
import { ATTEMPT_COLUMNS } from './attempt-row.js';
import { DELIVERY_COLUMNS, DELIVERY_STATE } from './delivery-row.js';

/**
 * Deliveries, attempts, the minute's figures and the health that changed, in one statement and so in one transaction.
 * Rows come as one JSON parameter: a statement's cost hardly grows with their number.
 * A row only moves on: an entry about an earlier round or fewer attempts, left over from a former owner, changes nothing.
 */
export const RECORD = {
  name: 'ledger-record',
  text: `
  WITH made AS (
    INSERT INTO attempts (${namesOf(ATTEMPT_COLUMNS)})
    SELECT ${namesOf(ATTEMPT_COLUMNS)} FROM json_to_recordset($2::json) AS a(${typesOf(ATTEMPT_COLUMNS)})
    ON CONFLICT DO NOTHING
  ), minutes AS (
    INSERT INTO destination_minutes AS m (integration_id, organization_id, minute, delivered, failed, dropped, latencies)
    SELECT integration_id, organization_id, minute, delivered, failed, dropped, latencies
    FROM json_to_recordset($3::json) AS f(integration_id uuid, organization_id text, minute timestamptz, delivered integer, failed integer, dropped integer, latencies integer[])
    ON CONFLICT (organization_id, minute, integration_id) DO UPDATE SET
      delivered = m.delivered + excluded.delivered, failed = m.failed + excluded.failed, dropped = m.dropped + excluded.dropped,
      latencies = (SELECT array_agg(x.a + x.b ORDER BY x.i) FROM unnest(m.latencies, excluded.latencies) WITH ORDINALITY AS x(a, b, i))
  ), health AS (
    INSERT INTO destinations (integration_id, organization_id, health)
    SELECT integration_id, organization_id, health FROM json_to_recordset($4::json) AS h(integration_id uuid, organization_id text, health text)
    ON CONFLICT (integration_id) DO UPDATE SET health = excluded.health, updated_at = now()
  )
  INSERT INTO deliveries AS d (${namesOf(DELIVERY_COLUMNS)})
  SELECT ${namesOf(DELIVERY_COLUMNS)} FROM json_to_recordset($1::json) AS r(${typesOf(DELIVERY_COLUMNS)})
  ON CONFLICT (id, event_at) DO UPDATE SET
    attempt_count = d.attempt_count + excluded.attempt_count,
    ${DELIVERY_STATE.map((column) => `${column} = excluded.${column}`).join(', ')}
  WHERE (excluded.round, excluded.round_attempts) >= (d.round, d.round_attempts)`,
} as const;

/** LATERAL with LIMIT 1 keeps it a probe per row, whatever the planner thinks of the table. */
const lookUp = (where: string): string => `
  SELECT d.event_at, d.status, d.round, d.round_attempts, d.queue, d.next_attempt_at, d.credentials_version, d.last_status_code, d.last_error_code, d.last_error,
    a.outcome, a.status_code, a.error_code, a.error, a.started_at, a.duration_ms,
    CASE WHEN u.number > 1 THEN (
      SELECT coalesce(bool_and(p.permanent), true) FROM attempts p
      WHERE p.delivery_id = u.id AND p.event_at = d.event_at AND p.round = u.round AND p.number < u.number
    ) ELSE true END AS only_permanent
  FROM unnest($1::uuid[], $2::timestamptz[], $3::integer[], $4::integer[]) WITH ORDINALITY AS u(id, event_at, round, number, place)
  LEFT JOIN LATERAL (SELECT * FROM deliveries WHERE ${where} LIMIT 1) d ON true
  LEFT JOIN LATERAL (
    SELECT * FROM attempts WHERE delivery_id = u.id AND event_at = d.event_at AND round = u.round AND number = u.number LIMIT 1
  ) a ON d.id IS NOT NULL
  ORDER BY u.place`;

/** In the one partition that the time lies in. */
export const LOOK_UP = { name: 'ledger-look-up', text: lookUp('id = u.id AND event_at = u.event_at') } as const;

/** In every partition: a probe into the key of each, for those few whose time may be another than they say. */
export const LOOK_UP_BY_ID = {
  name: 'ledger-look-up-by-id',
  text: lookUp('id = u.id'),
} as const;
