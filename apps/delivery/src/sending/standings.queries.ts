import type { Health } from '#libs/contracts';

export interface StandingRow {
  integration_id: string;
  health: Health;
  /** Since when it is so. */
  updated_at: Date;
  /** The version of the credentials that its dead letters were drained for last. */
  drained: number;
  /** Of one that is failing: releases that it refused for good, in a whole round that made it so or began later. */
  refused: string[];
}

/** Of a failing destination's dead letters so many are looked at, newest first. */
const LOOKED_AT = 20;

/**
 * What the ledger says of every destination. Asked once after a start, and when partitions come over: what is refused is
 * read of failing destinations alone, from the index of what is open.
 */
export const STANDINGS = `
  SELECT t.integration_id, t.health, t.updated_at, t.drained_credentials_version AS drained, coalesce(r.refused, '{}') AS refused
  FROM destinations t LEFT JOIN LATERAL (
    SELECT array_agg(d.id) AS refused FROM (
      SELECT id, event_at, round FROM deliveries
      WHERE integration_id = t.integration_id AND status = 'dead' AND NOT test
      ORDER BY event_at DESC, event_id DESC LIMIT ${LOOKED_AT}
    ) d WHERE (
      SELECT bool_and(permanent) AND min(started_at + duration_ms * interval '1 ms') >= t.updated_at - interval '1 s' FROM attempts
      WHERE delivery_id = d.id AND event_at = d.event_at AND round = d.round
    )
  ) r ON t.health = 'failing'`;
