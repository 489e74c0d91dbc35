import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DELIVERED_TYPES, type DeliveryStatus } from '#libs/contracts';
import { queueActivity, type ActivityRecord } from '../activity/activity-queue.js';
import { REQUEUE } from '../ledger/queue.js';
import { LATENCY_BUCKETS } from '../ledger/latency-buckets.js';
import { notifyQueued, probeEachRow } from '../ledger/queue-statements.js';

export interface Selected {
  organizationId: string;
  integrationId: string;
  statuses: readonly DeliveryStatus[];
  /** Only these, where they are named. */
  ids?: readonly string[];
  since?: Date;
  until?: Date;
}

/** How far a command has got: the last row of its last chunk. */
export interface ChunkPosition {
  eventAt: Date | string;
  id: string;
}

export interface Chunk {
  /** Rows that are in the selection no more. */
  changed: number;
  /** undefined where nothing is left. */
  next: ChunkPosition | undefined;
}

export interface ChunkOptions {
  /** At most so many rows. */
  limit: number;
  /** The activity about a chunk of this many rows; it commits with the chunk. */
  activityOf: (count: number) => ActivityRecord;
}

export interface RedeliveryTarget {
  /** Such as `NitroPush iOS 1.0.5`; an alert has none. */
  about: string | null;
  integrationId: string;
  status: DeliveryStatus;
  round: number;
}

export const START: ChunkPosition = { eventAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

const DISCARD = `status = 'dropped', queue = NULL, next_attempt_at = NULL, updated_at = now()`;

@Injectable()
export class RedeliveryQueries {
  constructor(private readonly dataSource: DataSource) {}

  async target(organizationId: string, id: string): Promise<RedeliveryTarget | undefined> {
    const [row] = await this.dataSource.query<RedeliveryTarget[]>(
      `SELECT integration_id AS "integrationId", status, round, project_name || ' ' || version AS about FROM deliveries WHERE id = $1 AND organization_id = $2`,
      [id, organizationId],
    );
    return row;
  }

  /** Whether nothing is sent there because it refused these credentials; those that came since have yet to be tried. */
  async isDisconnected(integrationId: string, credentialsVersion: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM destinations WHERE integration_id = $1 AND health = 'needs_reconnect'
         AND greatest(drained_credentials_version, 1) = $2`,
      [integrationId, credentialsVersion],
    );
    return rows.length > 0;
  }

  /** False where the delivery has moved on since it was looked at. `activity` is null where no person asked for it. */
  requeueOne(
    id: string,
    { integrationId, status, round }: Omit<RedeliveryTarget, 'about'>,
    activity: ActivityRecord | null,
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<unknown[]>(
        `WITH d AS (UPDATE deliveries d SET ${REQUEUE} WHERE id = $1 AND status = $2 AND round = $3 RETURNING 1) SELECT * FROM d`,
        [id, status, round],
      );
      if (rows.length === 0) return false;
      await notifyQueued(manager, integrationId);
      if (activity) await queueActivity(manager, activity);
      return true;
    });
  }

  /** Requeues the oldest of the selection after the position, at most `limit`. */
  requeue(selected: Selected, after: ChunkPosition, { limit, activityOf }: ChunkOptions): Promise<Chunk> {
    return this.dataSource.transaction(async (manager) => {
      const chunk = await changeChunk(manager, REQUEUE, { selected, after, limit });
      if (chunk.changed === 0) return chunk;
      await notifyQueued(manager, selected.integrationId);
      await queueActivity(manager, activityOf(chunk.changed));
      return chunk;
    });
  }

  /** Drops the oldest of the selection after the position, at most `limit`. */
  discard(selected: Selected, after: ChunkPosition, { limit, activityOf }: ChunkOptions): Promise<Chunk> {
    return this.dataSource.transaction(async (manager) => {
      const chunk = await changeChunk(manager, DISCARD, { selected, after, limit });
      if (chunk.changed === 0) return chunk;
      await countDropped(manager, selected, chunk.changed);
      await queueActivity(manager, activityOf(chunk.changed));
      return chunk;
    });
  }
}

interface ChunkOf {
  selected: Selected;
  after: ChunkPosition;
  limit: number;
}

/** The next ones of the selection, from the integration's index. */
const OF_ALL = `
    SELECT k.* FROM unnest($3::text[]) s(status) CROSS JOIN unnest($4::text[]) t(event_type) CROSS JOIN LATERAL (
      SELECT id, event_at, event_id FROM deliveries
      WHERE organization_id = $1 AND integration_id = $2 AND status = s.status AND event_type = t.event_type AND NOT test
        AND event_at >= $5 AND event_at < $6 AND event_at >= $7 AND (event_at, id) > ($7, $8)
      ORDER BY event_at, id LIMIT $9
    ) k ORDER BY k.event_at, k.id LIMIT $9`;

/** Those that were named, from the primary key. */
const OF_THESE = `
    SELECT id, event_at, event_id FROM deliveries
    WHERE id = ANY($10::uuid[]) AND organization_id = $1 AND integration_id = $2 AND status = ANY($3) AND event_type = ANY($4)
      AND NOT test AND event_at >= $5 AND event_at < $6 AND event_at >= $7 AND (event_at, id) > ($7, $8)
    ORDER BY event_at, id LIMIT $9`;

/**
 * Finds the chunk, locks its rows in the order in which the drain locks them, and changes those whose status is still one
 * that was asked for: of callers that race, each row goes to one.
 */
const changeSql = (change: string, chosen: string): string => `
  WITH chosen AS MATERIALIZED (${chosen}
  ), locked AS MATERIALIZED (
    SELECT d.id, d.event_at FROM (SELECT * FROM chosen ORDER BY event_at, event_id) c CROSS JOIN LATERAL (
      SELECT id, event_at FROM deliveries WHERE id = c.id AND event_at = c.event_at AND status = ANY($3) LIMIT 1 FOR UPDATE
    ) d
  ), changed AS (
    UPDATE deliveries d SET ${change} FROM locked WHERE d.id = locked.id AND d.event_at = locked.event_at RETURNING 1
  )
  SELECT (SELECT count(*)::int FROM chosen) AS seen, (SELECT count(*)::int FROM changed) AS changed, last.event_at, last.id
  FROM (SELECT 1) one LEFT JOIN (SELECT event_at, id FROM chosen ORDER BY event_at DESC, id DESC LIMIT 1) last ON true`;

async function changeChunk(
  manager: EntityManager,
  change: string,
  { selected, after, limit }: ChunkOf,
): Promise<Chunk> {
  const { organizationId, integrationId, statuses, ids, since, until } = selected;
  await probeEachRow(manager);
  const [row] = await manager.query<{ seen: number; changed: number; event_at: Date; id: string }[]>(
    changeSql(change, ids ? OF_THESE : OF_ALL),
    [
      organizationId,
      integrationId,
      statuses,
      DELIVERED_TYPES,
      since ?? '-infinity',
      until ?? 'infinity',
      after.eventAt,
      after.id,
      limit,
      ...(ids ? [ids] : []),
    ],
  );
  const { seen, changed, event_at: eventAt, id } = row!;
  return { changed, next: seen < limit ? undefined : { eventAt, id } };
}

/** The summary counts what is dropped from the same figures that the sender keeps. */
async function countDropped(
  manager: EntityManager,
  { organizationId, integrationId }: Selected,
  count: number,
): Promise<void> {
  await manager.query(
    `INSERT INTO destination_minutes AS m (integration_id, organization_id, minute, dropped, latencies)
     VALUES ($1, $2, date_trunc('minute', now()), $3, array_fill(0, ARRAY[$4::int]))
     ON CONFLICT (organization_id, minute, integration_id) DO UPDATE SET dropped = m.dropped + excluded.dropped`,
    [integrationId, organizationId, count, LATENCY_BUCKETS],
  );
}
