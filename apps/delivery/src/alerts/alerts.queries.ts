import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AlertType } from '#libs/contracts';

/** A change that somebody may still have to be alerted of. */
export interface PendingAlert {
  integration_id: string;
  /** From 1, within one destination. */
  change: number;
  organization_id: string;
  type: AlertType;
  failing_since: Date;
  at: Date;
}

const MOST = 500;

/** What the ledger keeps of alerts until they are deliveries in it. */
@Injectable()
export class AlertsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes an alert for each destination that has failed for so long. Whichever instance is first does it. */
  async noteFailing(failingAfterMs: number): Promise<void> {
    await this.dataSource.query(NOTE_FAILING, [failingAfterMs, MOST]);
  }

  /** Oldest first. */
  pending(): Promise<PendingAlert[]> {
    return this.dataSource.query<PendingAlert[]>(
      `SELECT integration_id, change, organization_id, type, failing_since, at FROM pending_alerts ORDER BY at LIMIT ${MOST}`,
    );
  }

  /** The last failure of each destination in a sentence; a message that was not even sent says nothing of it. */
  async reasons(integrationIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ id: string; reason: string }[]>(REASONS, [integrationIds]);
    return new Map(rows.map(({ id, reason }) => [id, reason]));
  }

  /** Which of these deliveries the ledger has. */
  async recorded(deliveries: readonly { id: string; keptAt: Date }[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT d.id FROM unnest($1::uuid[], $2::timestamptz[]) AS u(id, kept_at) JOIN deliveries d ON d.id = u.id AND d.event_at = u.kept_at`,
      [deliveries.map(({ id }) => id), deliveries.map(({ keptAt }) => keptAt)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Everybody who is to be alerted of these is. */
  async done(alerts: readonly PendingAlert[]): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM pending_alerts p USING unnest($1::uuid[], $2::int[]) AS u(id, change)
       WHERE p.integration_id = u.id AND p.change = u.change`,
      [alerts.map(({ integration_id }) => integration_id), alerts.map(({ change }) => change)],
    );
  }
}

const NOTE_FAILING = `
  WITH due AS (
    SELECT integration_id FROM destination_spells
    WHERE failing_since <= now() - $1 * interval '1 ms' AND alerted IS NULL
    ORDER BY failing_since LIMIT $2 FOR UPDATE SKIP LOCKED
  ), noted AS (
    UPDATE destination_spells s SET alerted = 'failing', change = s.change + 1
    FROM due WHERE s.integration_id = due.integration_id
    RETURNING s.integration_id, s.change, s.organization_id, s.failing_since
  )
  INSERT INTO pending_alerts SELECT integration_id, change, organization_id, 'destination.failing', failing_since, now() FROM noted`;

/** From the index of what is open, the newest of each status. */
const REASONS = `
  SELECT u.id, f.last_error AS reason FROM unnest($1::uuid[]) AS u(id) CROSS JOIN LATERAL (
    SELECT newest.* FROM unnest(ARRAY['dead', 'retrying']) AS s(status) CROSS JOIN LATERAL (
      SELECT last_error, updated_at FROM deliveries
      WHERE integration_id = u.id AND status = s.status AND last_error_code <> 'needs_reconnect'
      ORDER BY event_at DESC, event_id DESC LIMIT 1
    ) newest ORDER BY newest.updated_at DESC LIMIT 1
  ) f WHERE f.last_error IS NOT NULL`;
