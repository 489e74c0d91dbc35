import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { coarsenings, type Buckets } from './bucket-sizes.js';
import { LATENCY_BUCKETS } from './latency-buckets.js';

/** Figures of one bucket of time, or of one integration over the whole span. */
export interface Figures {
  /** null in a row of an integration. */
  at: Date | null;
  /** null in a row of a bucket. */
  integration_id: string | null;
  delivered: number;
  failed: number;
  dropped: number;
  latencies: number[];
}

const SUMMED_LATENCIES = Array.from({ length: LATENCY_BUCKETS }, (_, i) => `sum(latencies[${i + 1}])::float8`).join(
  ', ',
);

/** The figures per destination and minute that the summary is made of. */
@Injectable()
export class RollupQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The organization's figures, or those of one integration, once per bucket and once per integration. Empty buckets are left out. */
  figures(organizationId: string, { start, sizeMs }: Buckets, integrationId?: string): Promise<Figures[]> {
    return this.dataSource.query<Figures[]>(
      `SELECT at, integration_id, sum(delivered)::float8 AS delivered, sum(failed)::float8 AS failed, sum(dropped)::float8 AS dropped,
         ARRAY[${SUMMED_LATENCIES}] AS latencies
       FROM (
         SELECT date_bin($3::interval, minute, 'epoch') AS at, integration_id, delivered, failed, dropped, latencies
         FROM destination_minutes WHERE organization_id = $1 AND minute >= $2 ${integrationId ? 'AND integration_id = $4' : ''}
       ) f GROUP BY GROUPING SETS ((at), (integration_id))`,
      [organizationId, start, `${sizeMs / 1000} seconds`, ...(integrationId ? [integrationId] : [])],
    );
  }

  /** Merges old minutes into hours and days. Answers how many rows went. */
  async coarsen(now: Date, batch: number): Promise<number> {
    let merged = 0;
    for (const { sizeMs, before } of coarsenings(now)) {
      let count: number;
      do {
        count = await this.merge(before, sizeMs, batch);
        merged += count;
      } while (count === batch);
    }
    return merged;
  }

  async deleteBefore(time: Date, limit: number): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH gone AS (
         DELETE FROM destination_minutes
         WHERE ctid = ANY(ARRAY(SELECT ctid FROM destination_minutes WHERE minute < $1 LIMIT $2)) RETURNING 1
       ) SELECT * FROM gone`,
      [time, limit],
    );
    return rows.length;
  }

  /** Of what is older, at most `limit` rows that do not lie on a boundary of this size go into the one that does. */
  private async merge(before: Date, sizeMs: number, limit: number): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `WITH fine AS (
         DELETE FROM destination_minutes WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM destination_minutes WHERE minute < $1 AND minute <> date_bin($2::interval, minute, 'epoch') LIMIT $3
         )) RETURNING *
       ), coarse AS (
         INSERT INTO destination_minutes AS m (integration_id, organization_id, minute, delivered, failed, dropped, latencies)
         SELECT integration_id, organization_id, date_bin($2::interval, minute, 'epoch') AS at, sum(delivered), sum(failed), sum(dropped),
           ARRAY[${SUMMED_LATENCIES}]::int[]
         FROM fine GROUP BY integration_id, organization_id, at
         ON CONFLICT (organization_id, minute, integration_id) DO UPDATE SET
           delivered = m.delivered + excluded.delivered, failed = m.failed + excluded.failed, dropped = m.dropped + excluded.dropped,
           latencies = (SELECT array_agg(x.a + x.b ORDER BY x.i) FROM unnest(m.latencies, excluded.latencies) WITH ORDINALITY AS x(a, b, i))
       ) SELECT count(*)::int AS count FROM fine`,
      [before, `${sizeMs / 1000} seconds`, limit],
    );
    return row.count;
  }
}
