import type { DataSource, EntityManager } from 'typeorm';
import type { activityRecord } from '#libs/contracts';

export type UntoldRecord = ReturnType<typeof activityRecord>;

interface Untold {
  position: string;
  record: UntoldRecord;
}

const MOST = 100;

/** Keeps it until it is published, in the transaction of what was done: it is told if, and only if, that commits. */
export async function keepUntold(manager: EntityManager, record: UntoldRecord): Promise<void> {
  await manager.query('INSERT INTO untold_activity (record) VALUES ($1)', [JSON.stringify(record)]);
}

/** Takes the oldest; no other instance gets them for as long as `forMs`. */
export async function takeUntold(dataSource: DataSource, forMs: number): Promise<Untold[]> {
  const [rows] = await dataSource.query<[Untold[], number]>(
    `WITH oldest AS MATERIALIZED (
       SELECT position FROM untold_activity WHERE taken_at IS NULL OR taken_at < now() - $1 * interval '1 ms'
       ORDER BY position LIMIT ${MOST} FOR UPDATE SKIP LOCKED
     )
     UPDATE untold_activity u SET taken_at = now() FROM oldest WHERE u.position = oldest.position RETURNING u.position, u.record`,
    [forMs],
  );
  return rows.toSorted((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
}

/** They are published. */
export async function forgetTold(dataSource: DataSource, told: readonly Untold[]): Promise<void> {
  await dataSource.query('DELETE FROM untold_activity WHERE position = ANY($1)', [
    told.map(({ position }) => position),
  ]);
}
