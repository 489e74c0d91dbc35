import type { DataSource, EntityManager } from 'typeorm';
import type { activityRecord } from '#libs/contracts';

export type ActivityRecord = ReturnType<typeof activityRecord>;

interface Queued {
  position: string;
  record: ActivityRecord;
}

const MOST = 100;

/** Keeps it until it is published, in the transaction of what was done: it is published if, and only if, that commits. */
export async function queueActivity(manager: EntityManager, record: ActivityRecord): Promise<void> {
  await manager.query('INSERT INTO untold_activity (record) VALUES ($1)', [JSON.stringify(record)]);
}

/** Takes the oldest; no other instance gets them for as long as `forMs`. */
export async function takeActivity(dataSource: DataSource, forMs: number): Promise<Queued[]> {
  const [rows] = await dataSource.query<[Queued[], number]>(
    `WITH oldest AS MATERIALIZED (
       SELECT position FROM untold_activity WHERE taken_at IS NULL OR taken_at < now() - $1 * interval '1 ms'
       ORDER BY position LIMIT ${MOST} FOR UPDATE SKIP LOCKED
     )
     UPDATE untold_activity u SET taken_at = now() FROM oldest WHERE u.position = oldest.position RETURNING u.position, u.record`,
    [forMs],
  );
  return rows.toSorted((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
}

/** Removes what is published. */
export async function removeActivity(dataSource: DataSource, published: readonly Queued[]): Promise<void> {
  await dataSource.query('DELETE FROM untold_activity WHERE position = ANY($1)', [
    published.map(({ position }) => position),
  ]);
}
