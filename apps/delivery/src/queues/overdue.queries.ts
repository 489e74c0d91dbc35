import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TAKE_UP } from '../ledger/queue.js';
import { probeEachRow } from '../ledger/queue-statements.js';

/** A delivery that is open, waits in no queue, and whose time was over long ago. */
export interface OverdueRow {
  id: string;
  event_at: Date;
  integration_id: string;
  round: number;
  round_attempts: number;
  due: Date;
}

const DUE = 'coalesce(next_attempt_at, updated_at)';
const OPEN = `queue IS NULL AND status IN ('pending', 'retrying')`;
/** The database's clock wrote what it is compared with, or one that goes by it. @param ms names the parameter */
const overdue = (ms: string): string => `${OPEN} AND ${DUE} < now() - ${ms}::float8 * interval '1 ms'`;

/** Counting no further keeps a scrape cheap where very many are overdue. */
const MOST_COUNTED = 100_000;

/** What the ledger knows to be due and nobody has made. */
@Injectable()
export class OverdueQueries {
  constructor(@Inject(DataSource) private readonly dataSource: Pick<DataSource, 'query' | 'transaction'>) {}

  /** Those that have been due for longer than `forMs`, longest first, after the given one; at most `limit`. */
  find(forMs: number, after: OverdueRow | undefined, limit: number): Promise<OverdueRow[]> {
    const from = after ? [after.due, after.id] : ['-infinity', '00000000-0000-0000-0000-000000000000'];
    return this.dataSource.query<OverdueRow[]>(
      `SELECT id, event_at, integration_id, round, round_attempts, ${DUE} AS due FROM deliveries
       WHERE ${overdue('$1')} AND (${DUE}, id) > ($2::timestamptz, $3::uuid) ORDER BY ${DUE}, id LIMIT $4`,
      [forMs, ...from, limit],
    );
  }

  /** Queues those that nobody has moved on meanwhile, for their next attempt in the same round. Answers the integrations of what was queued, one for each row. */
  takeUp(rows: readonly OverdueRow[]): Promise<string[]> {
    return this.dataSource.transaction(async (manager) => {
      await probeEachRow(manager);
      const taken = await manager.query<{ integration_id: string }[]>(
        `WITH locked AS MATERIALIZED (
           SELECT d.id, d.event_at FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[]) AS u(id, event_at, round, attempts)
           CROSS JOIN LATERAL (
             SELECT id, event_at FROM deliveries
             WHERE id = u.id AND event_at = u.event_at AND round = u.round AND round_attempts = u.attempts AND ${OPEN}
             LIMIT 1 FOR UPDATE SKIP LOCKED
           ) d
         ), queued AS (
           UPDATE deliveries d SET ${TAKE_UP}
           FROM locked WHERE d.id = locked.id AND d.event_at = locked.event_at RETURNING d.integration_id
         ) SELECT integration_id FROM queued`,
        [
          rows.map(({ id }) => id),
          rows.map(({ event_at }) => event_at),
          rows.map(({ round }) => round),
          rows.map(({ round_attempts }) => round_attempts),
        ],
      );
      return taken.map(({ integration_id }) => integration_id);
    });
  }

  /** How many there are, as far as it is worth counting. */
  async count(forMs: number): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM (SELECT 1 FROM deliveries WHERE ${overdue('$1')} LIMIT ${MOST_COUNTED}) found`,
      [forMs],
    );
    return count;
  }
}
