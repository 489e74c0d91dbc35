import { Injectable } from '@nestjs/common';
import { And, DataSource, LessThan, MoreThanOrEqual } from 'typeorm';
import type { Activity } from '#libs/contracts';
import { ActivityEntity } from './activity.entity.js';

export interface ActivityFilter {
  subjectId?: string | undefined;
  subjectKind?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
  projectId?: string | undefined;
  /** Inclusive. */
  since?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
}

/** Of an entry in the list. */
export interface Place {
  at: Date;
  position: string;
}

/** What is asked of activity; lists are always of one organization. */
@Injectable()
export class ActivityQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** What was told before stays as it is. Times are of milliseconds, as a cursor tells them. */
  async keep(activities: Activity[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO activity (id, organization_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, project_id, changes)
       SELECT id, "organizationId", date_trunc('milliseconds', at), actor->>'id', actor->>'name', action, subject->>'kind', subject->>'id', subject->>'name', "projectId", changes
       FROM json_to_recordset($1::json) AS a(id uuid, "organizationId" text, at timestamptz, actor json, action text, subject json, "projectId" uuid, changes jsonb)
       ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(activities)],
    );
  }

  /** By when it was done, newest first: what two topics bring comes in no order. One more than the limit, where there are more. */
  list(
    organizationId: string,
    { since, until, ...same }: ActivityFilter,
    before: Place | undefined,
    limit: number,
  ): Promise<ActivityEntity[]> {
    const times = [...(since ? [MoreThanOrEqual(since)] : []), ...(until ? [LessThan(until)] : [])];
    const given = Object.entries(same).filter(([, value]) => value !== undefined);
    const query = this.dataSource.manager
      .createQueryBuilder(ActivityEntity, 'activity')
      .where({ organizationId, ...Object.fromEntries(given), ...(times.length > 0 && { at: And(...times) }) })
      .orderBy({ 'activity.at': 'DESC', 'activity.position': 'DESC' })
      .limit(limit + 1);
    if (before) query.andWhere('(activity.at, activity.position) < (:at::timestamptz, :position::bigint)', before);
    return query.getMany();
  }

  /** Deletes what is older, at most so many, by the database's clock. Answers how many. */
  async deleteOld(olderThanMs: number, limit: number): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `WITH old AS (
         SELECT position FROM activity WHERE kept_at < now() - $1 * interval '1 millisecond' ORDER BY kept_at LIMIT $2
       ), gone AS (DELETE FROM activity a USING old WHERE a.position = old.position RETURNING 1)
       SELECT count(*)::integer AS count FROM gone`,
      [olderThanMs, limit],
    );
    return row.count;
  }
}
