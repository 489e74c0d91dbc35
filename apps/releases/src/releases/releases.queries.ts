import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, type EntityManager } from 'typeorm';
import { ENVIRONMENTS, named, type Environment } from '#libs/contracts';
import { Outbox } from '#libs/outbox';
import { Coalescer } from '#libs/coalescer';
import { namesOf, runNamed, typesOf, type RowOf } from '#libs/database';
import { conflict, isDatabaseAway, notFound } from '#libs/problems';
import type { UnnamedMessage } from './release-event.js';
import { ReleaseEntity } from './release.entity.js';

/** What a new release has. */
const RELEASE_COLUMNS = {
  id: 'uuid',
  organization_id: 'text',
  project_id: 'uuid',
  environment: 'text',
  version: 'text',
  mandatory: 'boolean',
  description: 'text',
  rollout_percentage: 'smallint',
  revision: 'integer',
  promoted_from_id: 'uuid',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

/** The event about it, and its place among those that are inserted together. */
const EVENT_COLUMNS = {
  place: 'integer',
  topic: 'text',
  key: 'text',
  before_name: 'text',
  after_name: 'text',
  headers: 'json',
} as const;

const INPUT_COLUMNS = { ...RELEASE_COLUMNS, ...EVENT_COLUMNS };

/**
 * Projects, releases and outbox rows in one statement: one round trip and one commit for all the calls that came together.
 * A project's name is known only here, so it is put into the event here.
 */
const INSERT = {
  name: 'insert-releases',
  text: `
  WITH input AS (
    SELECT * FROM json_to_recordset($1::json) AS r(${typesOf(INPUT_COLUMNS)})
  ), found AS (
    SELECT input.*, projects.name FROM input JOIN projects ON projects.id = input.project_id AND projects.organization_id = input.organization_id
  ), created AS (
    INSERT INTO releases (${namesOf(RELEASE_COLUMNS)})
    SELECT ${namesOf(RELEASE_COLUMNS)} FROM found ORDER BY place
    ON CONFLICT ON CONSTRAINT one_version_per_environment DO NOTHING
    RETURNING id
  ), sent AS (
    INSERT INTO outbox (topic, key, value, headers)
    SELECT topic, key, before_name || to_json(name)::text || after_name, headers FROM found JOIN created USING (id) ORDER BY place
    RETURNING id
  )
  SELECT found.name, created.id IS NOT NULL AS created,
    CASE WHEN place = 0 THEN (SELECT json_agg(id::text ORDER BY id) FROM sent) END AS "messageIds",
    CASE WHEN place = 0 THEN (SELECT id FROM outbox WHERE topic = input.topic AND id <> ALL($2::bigint[]) ORDER BY id LIMIT 1) IS NOT NULL END AS "othersWait"
  FROM input LEFT JOIN found USING (id, place) LEFT JOIN created USING (id) ORDER BY place`,
} as const;

/** One look in the index for each project and environment, however many releases there are. */
const NEWEST = `
  SELECT newest.id FROM unnest($1::uuid[]) AS wanted(project_id) CROSS JOIN unnest($2::text[]) AS at(environment)
  CROSS JOIN LATERAL (
    SELECT id FROM releases WHERE releases.project_id = wanted.project_id AND releases.environment = at.environment
    ORDER BY id DESC LIMIT 1
  ) AS newest`;

const MAX_TOGETHER = 100;

interface Insertion {
  release: ReleaseEntity;
  event: UnnamedMessage;
}

interface Inserted {
  /** The project's; null where there is no such project. */
  name: string | null;
  created: boolean;
  /** In the first row: ids of the outbox rows of those that were created, in their order. */
  messageIds: string[] | null;
  /** In the first row: whether the outbox had messages that the relay did not know of. */
  othersWait: boolean | null;
}

/** What is asked of releases; always of one organization. */
@Injectable()
export class ReleasesQueries {
  private readonly insertions = new Coalescer<Insertion, Inserted>((together) => this.insertTogether(together), {
    maxItems: MAX_TOGETHER,
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Inserts the release and the event about it: in the given transaction, after which the caller wakes the outbox, or
   * together with what other calls insert at the moment.
   * @throws Problem 404 where the project is not there, 409 where the version is
   */
  async insert(release: ReleaseEntity, event: UnnamedMessage, manager?: EntityManager): Promise<void> {
    const insertion = { release, event };
    const { name, created } = manager
      ? (await manager.query<Inserted[]>(INSERT.text, [JSON.stringify([rowOf(insertion, 0)]), []]))[0]!
      : await this.insertions.add(insertion);
    if (name === null) throw notFound('project');
    if (!created) {
      const message = `Version ${release.version} is already in ${release.environment}.`;
      throw conflict(message, [{ field: 'version', message }]);
    }
  }

  /** What PostgreSQL refuses of one call must not fail the others: then each goes alone. */
  private async insertTogether(together: Insertion[]): Promise<(Inserted | Promise<Inserted>)[]> {
    try {
      return await this.insertAll(together);
    } catch (error) {
      if (together.length === 1 || isDatabaseAway(error)) throw error;
      const results = await Promise.allSettled(together.map((one) => this.insertAll([one])));
      return results.map((result) =>
        result.status === 'fulfilled' ? result.value[0]! : Promise.reject(result.reason as Error),
      );
    }
  }

  private async insertAll(insertions: Insertion[]): Promise<Inserted[]> {
    const before = this.outbox.inFlight();
    const values = [JSON.stringify(insertions.map(rowOf)), before.ids];
    const { rows } = await runNamed<Inserted>(this.dataSource, { ...INSERT, values });
    const { messageIds, othersWait } = rows[0]!;
    if (messageIds) this.outbox.committed(messagesOf(insertions, rows, messageIds), before, othersWait!);
    return rows;
  }

  /** The release with its project's name, locked until the transaction ends. @throws Problem 404 */
  async lock(
    manager: EntityManager,
    organizationId: string,
    id: string,
  ): Promise<{ release: ReleaseEntity; projectName: string }> {
    const release = await manager.findOne(ReleaseEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!release) throw notFound('release');
    const rows = await manager.query<{ name: string }[]>('SELECT name FROM projects WHERE id = $1', [
      release.projectId,
    ]);
    return { release, projectName: rows[0]!.name };
  }

  /** @throws Problem 404 */
  async one(organizationId: string, id: string): Promise<ReleaseEntity> {
    const release = await this.dataSource.manager.findOne(ReleaseEntity, { where: { id, organizationId } });
    if (!release) throw notFound('release');
    return release;
  }

  /** The newest release in each environment by project, the lowest environment first; none for a project without releases. */
  async current(projectIds: string[]): Promise<Map<string, ReleaseEntity[]>> {
    const newest = await this.dataSource.query<{ id: string }[]>(NEWEST, [projectIds, ENVIRONMENTS]);
    const ids = newest.map(({ id }) => id);
    const found = await this.dataSource.manager.find(ReleaseEntity, { where: { id: In(ids) } });
    const byProject = new Map<string, ReleaseEntity[]>();
    for (const environment of ENVIRONMENTS)
      for (const release of found)
        if (release.environment === environment)
          byProject.set(release.projectId, [...(byProject.get(release.projectId) ?? []), release]);
    return byProject;
  }

  /** Newest first; one more than the limit, where there are more. */
  list(
    projectId: string,
    filter: { environment?: Environment; beforeId?: string },
    limit: number,
  ): Promise<ReleaseEntity[]> {
    const where = {
      projectId,
      ...(filter.environment === undefined ? {} : { environment: filter.environment }),
      ...(filter.beforeId === undefined ? {} : { id: LessThan(filter.beforeId) }),
    };
    return this.dataSource.manager.find(ReleaseEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
  }
}

/** As they are in the outbox. */
function messagesOf(insertions: Insertion[], rows: Inserted[], ids: string[]): Parameters<Outbox['committed']>[0] {
  return insertions
    .flatMap(({ event }, place) => {
      const { created, name } = rows[place]!;
      return created ? [named(event, name!)] : [];
    })
    .map((message, index) => ({ ...message, id: ids[index]! }));
}

function rowOf({ release, event }: Insertion, place: number): RowOf<typeof INPUT_COLUMNS> {
  const [before, after] = event.value;
  return {
    place,
    id: release.id,
    organization_id: release.organizationId,
    project_id: release.projectId,
    environment: release.environment,
    version: release.version,
    mandatory: release.mandatory,
    description: release.description,
    rollout_percentage: release.rolloutPercentage,
    revision: release.revision,
    promoted_from_id: release.promotedFromId,
    created_at: release.createdAt,
    updated_at: release.updatedAt,
    topic: event.topic,
    key: event.key,
    before_name: before,
    after_name: after,
    headers: event.headers,
  };
}
