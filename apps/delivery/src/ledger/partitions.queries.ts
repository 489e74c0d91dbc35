import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ADVISORY_LOCKS } from '#libs/database';
import { partitionName, weekOfPartition, type Week } from './weeks.js';

const CREATION_LOCK = ADVISORY_LOCKS.partitionCreation;

/** What stops the hot tables for a moment gives up rather than let everything queue up behind it; the next round tries again. */
const LOCK_TIMEOUT = '2s';

export const OPEN_STATUSES = `('pending', 'retrying', 'dead', 'held')`;

export interface Cutoffs {
  /** What was written before goes. */
  retention: Date;
  /** What is open stays where it was written after this. */
  deadRetention: Date;
}

/** The time that counts is when we wrote a row last, not the event’s own: that is the sender's to say, and may be any. */
const KEPT = `updated_at >= CASE WHEN status IN ${OPEN_STATUSES} THEN $2::timestamptz ELSE $1::timestamptz END`;

/** A week's partition of `deliveries`; the one of `attempts` goes with it. */
export interface Partition {
  week: Week;
  attached: boolean;
}

@Injectable()
export class PartitionQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** By the clock of the database: pruned by a host's, whose clock may be wrong, the whole ledger might go. */
  async now(): Promise<Date> {
    const [{ ms }] = await this.dataSource.query<[{ ms: number }]>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    );
    return new Date(ms);
  }

  /** Every week that has tables of its own, oldest first; a detached one was left by a pruning that did not end. */
  async partitions(): Promise<Partition[]> {
    const rows = await this.dataSource.query<{ name: string; attached: boolean }[]>(
      `SELECT relname AS name, relispartition AS attached FROM pg_class
       WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname ~ '^deliveries_p[0-9]{8}$' ORDER BY relname`,
    );
    return rows.flatMap(({ name, attached }) => {
      const week = weekOfPartition(name);
      return week ? [{ week, attached }] : [];
    });
  }

  /** Makes the week's partitions unless they are there; what lay in the default ones for this week moves into them. */
  create(week: Week): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [CREATION_LOCK]);
      const [{ name }] = await manager.query<[{ name: string | null }]>('SELECT to_regclass($1)::text AS name', [
        partitionName('deliveries', week),
      ]);
      if (name !== null) return false;
      await limitLockWaits(manager);
      await manager.query('LOCK TABLE deliveries_other, attempts_other IN ACCESS EXCLUSIVE MODE');
      for (const table of ['deliveries', 'attempts']) await createOne(manager, table, week);
      return true;
    });
  }

  async detach(week: Week): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await limitLockWaits(manager);
      for (const table of ['deliveries', 'attempts'])
        await manager.query(`ALTER TABLE ${table} DETACH PARTITION ${partitionName(table, week)}`);
    });
  }

  /** Puts what is young enough of a detached partition back, with its attempts. Answers how many deliveries moved. */
  async putBack(week: Week, { retention, deadRetention }: Cutoffs, limit: number): Promise<number> {
    const deliveries = partitionName('deliveries', week);
    const rows = await this.dataSource.query<unknown[]>(
      `WITH moved AS (
         DELETE FROM ${deliveries} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${deliveries} WHERE ${KEPT} LIMIT $3
         )) RETURNING *
       ), attempts_moved AS (
         INSERT INTO attempts SELECT a.* FROM moved m JOIN ${partitionName('attempts', week)} a ON a.delivery_id = m.id AND a.event_at = m.event_at
         ON CONFLICT DO NOTHING
       ), put AS (
         INSERT INTO deliveries SELECT * FROM moved ON CONFLICT DO NOTHING
       ) SELECT 1 FROM moved`,
      [retention, deadRetention, limit],
    );
    return rows.length;
  }

  async drop(week: Week): Promise<void> {
    await this.dataSource.query(`DROP TABLE ${partitionName('deliveries', week)}, ${partitionName('attempts', week)}`);
  }

  /** Deletes what outlived its time in the default partitions, where late and early events and rows put back lie. */
  async deleteStrays({ retention, deadRetention }: Cutoffs, limit: number): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH gone AS (
         DELETE FROM deliveries_other WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM deliveries_other WHERE NOT (${KEPT}) LIMIT $3
         )) RETURNING id, event_at
       ), attempts_gone AS (
         DELETE FROM attempts_other a USING gone WHERE a.delivery_id = gone.id AND a.event_at = gone.event_at
       ) SELECT 1 FROM gone`,
      [retention, deadRetention, limit],
    );
    return rows.length;
  }
}

/** Filled and indexed before it is attached, so that the hot table is locked for a moment only. */
async function createOne(manager: EntityManager, table: string, week: Week): Promise<void> {
  const partition = partitionName(table, week);
  const bounds = [week.start.toISOString(), week.end.toISOString()];
  await manager.query(`CREATE TABLE ${partition} (LIKE ${table} INCLUDING ALL)`);
  await manager.query(
    `WITH moved AS (DELETE FROM ${table}_other WHERE event_at >= $1 AND event_at < $2 RETURNING *)
     INSERT INTO ${partition} SELECT * FROM moved`,
    bounds,
  );
  await manager.query(
    `ALTER TABLE ${table} ATTACH PARTITION ${partition} FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`,
  );
}

async function limitLockWaits(manager: EntityManager): Promise<void> {
  await manager.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
}
