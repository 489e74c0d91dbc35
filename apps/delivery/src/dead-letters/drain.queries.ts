import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { REQUEUE } from '../ledger/queue.js';

const DRAIN_CHUNK = 1_000;

/** What the drain asks of the ledger. */
@Injectable()
export class DrainQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Starts a new round for dead letters of other credentials, a chunk at a time. Answers how many there were in this one. */
  async requeueDead(integrationId: string, credentialsVersion: number): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH dead AS (
         SELECT id, event_at FROM deliveries
         WHERE integration_id = $1 AND status = 'dead' AND NOT test AND credentials_version <> $2
         ORDER BY event_at, event_id LIMIT ${DRAIN_CHUNK} FOR UPDATE
       ), requeued AS (
         UPDATE deliveries d SET ${REQUEUE}
         FROM dead WHERE d.id = dead.id AND d.event_at = dead.event_at RETURNING 1
       ) SELECT * FROM requeued`,
      [integrationId, credentialsVersion],
    );
    return rows.length;
  }

  async drainedVersions(): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; version: number }[]>(
      `SELECT integration_id AS id, drained_credentials_version AS version FROM destinations`,
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** Fresh credentials: nothing is known of the destination's health under them, and dead letters of other ones are all queued. */
  async markDrained(integrationId: string, organizationId: string, credentialsVersion: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO destinations AS d (integration_id, organization_id, health, drained_credentials_version) VALUES ($1, $2, 'unknown', $3)
       ON CONFLICT (integration_id) DO UPDATE SET drained_credentials_version = $3, updated_at = now()
       WHERE d.drained_credentials_version <> $3`,
      [integrationId, organizationId, credentialsVersion],
    );
  }

  async forgetHealth(integrationId: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE destinations SET health = 'unknown', updated_at = now() WHERE integration_id = $1`,
      [integrationId],
    );
  }
}
