import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TAKE_UP } from '../ledger/queue.js';
import { notifyQueued, probeEachRow } from '../ledger/queue-statements.js';

export interface Retried {
  organizationId: string;
  integrationId: string;
  /** Only these, where they are named. */
  ids?: readonly string[];
}

/** What is due already is on its way: its record has come, or its attempt is being made. */
const LATER = `status = 'retrying' AND queue IS NULL AND next_attempt_at > now() AND NOT test`;

@Injectable()
export class RetryNowQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Queues the oldest whose next try is due later, at most `limit`. Answers how many those were. */
  takeUp({ organizationId, integrationId, ids }: Retried, limit: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await probeEachRow(manager);
      const [{ count }] = await manager.query<[{ count: number }]>(
        `WITH locked AS MATERIALIZED (
           SELECT id, event_at FROM deliveries
           WHERE organization_id = $1 AND integration_id = $2 AND ${LATER} ${ids ? 'AND id = ANY($4::uuid[])' : ''}
           ORDER BY event_at, event_id LIMIT $3 FOR UPDATE SKIP LOCKED
         ), queued AS (
           UPDATE deliveries d SET ${TAKE_UP} FROM locked WHERE d.id = locked.id AND d.event_at = locked.event_at RETURNING 1
         ) SELECT count(*)::int AS count FROM queued`,
        [organizationId, integrationId, limit, ...(ids ? [ids] : [])],
      );
      if (count > 0) await notifyQueued(manager, integrationId);
      return count;
    });
  }
}
