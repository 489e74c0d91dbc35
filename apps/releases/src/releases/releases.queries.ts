import type { Pool } from 'pg';
import { LessThan, type DataSource, type EntityManager } from 'typeorm';
import type { Environment } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import { conflict, notFound } from '#libs/problems';
import { ReleaseEntity } from './release.entity.js';

/** Stands in an event for the project's name until the statement that inserts it knows the name. */
export const PROJECT_NAME = '\u0001project-name\u0001';
const PLACE = JSON.stringify(PROJECT_NAME);

/**
 * Project, release and outbox row in one statement: one round trip and one transaction for the busiest call there is.
 * The project's name is known only here, so it is put into the event here.
 */
const INSERT = {
  name: 'insert-release',
  text: `
  WITH project AS (
    SELECT id, name FROM projects WHERE id = $3 AND organization_id = $2
  ), created AS (
    INSERT INTO releases (id, organization_id, project_id, environment, version, mandatory, description, rollout_percentage, revision, promoted_from_id, created_at, updated_at)
    SELECT $1, $2, project.id, $4, $5, $6, $7, $8, $9, $10::uuid, $11::timestamptz, $11::timestamptz FROM project
    ON CONFLICT ON CONSTRAINT one_version_per_environment DO NOTHING
    RETURNING id
  ), sent AS (
    INSERT INTO outbox (topic, key, value, headers)
    SELECT $12, $13, $14::text || to_json(project.name)::text || $15::text, $16::json FROM created, project
  )
  SELECT EXISTS (SELECT 1 FROM project) AS found, EXISTS (SELECT 1 FROM created) AS created`,
} as const;

/** What is asked of releases; always of one organization. */
export class ReleasesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Inserts the release and the event about it, in the given transaction or in one of its own.
   * @throws Problem 404 where the project is not there, 409 where the version is
   */
  async insert(release: ReleaseEntity, event: OutboxMessage, manager?: EntityManager): Promise<void> {
    const values = insertValues(release, event);
    const rows = manager
      ? await manager.query<Inserted[]>(INSERT.text, values)
      : (await (this.dataSource.driver as unknown as { master: Pool }).master.query<Inserted>({ ...INSERT, values }))
          .rows;
    const { found, created } = rows[0]!;
    if (!found) throw notFound('project');
    if (!created) {
      const message = `Version ${release.version} is already in ${release.environment}.`;
      throw conflict(message, [{ field: 'version', message }]);
    }
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

interface Inserted {
  found: boolean;
  created: boolean;
}

function insertValues(release: ReleaseEntity, event: OutboxMessage): unknown[] {
  const [head, tail] = event.value!.split(PLACE);
  const { id, organizationId, projectId, environment, version, mandatory, description } = release;
  return [
    id,
    organizationId,
    projectId,
    environment,
    version,
    mandatory,
    description,
    release.rolloutPercentage,
    release.revision,
    release.promotedFromId,
    release.createdAt,
    event.topic,
    event.key,
    head,
    tail,
    JSON.stringify(event.headers),
  ];
}
