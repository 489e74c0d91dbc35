import { Inject, Injectable } from '@nestjs/common';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import type { Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import { activityRecord, uuidv7, type ActivityAction } from '#libs/contracts';
import { Outbox } from '#libs/outbox';
import { limitReached, notFound } from '#libs/problems';
import type { ReleasesSettings } from '../releases.config.js';
import { SOURCE, stateMessage } from './project-state.js';
import { ProjectEntity } from './project.entity.js';

/** How long an answer waits; the outbox carries the change either way. */
const SEEN_WITHIN_MS = 1_000;

/** Projects of one organization; each change goes out as the project's whole state. */
@Injectable()
export class Projects {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    @Inject(SETTINGS) private readonly settings: Pick<ReleasesSettings, 'maxProjectsPerOrganization'>,
  ) {}

  /** Answers the project, and what is to be waited for by `seen` after the commit. @throws Problem 409 where there are too many */
  async create(
    manager: EntityManager,
    caller: Caller,
    name: string,
  ): Promise<{ project: ProjectEntity; outboxIds: string[] }> {
    const { organizationId } = caller;
    await this.requireRoom(manager, organizationId);
    const now = new Date();
    const project = Object.assign(new ProjectEntity(), {
      id: uuidv7(),
      organizationId,
      name,
      createdAt: now,
      updatedAt: now,
    });
    await manager.insert(ProjectEntity, project);
    return { project, outboxIds: await this.tell(manager, caller, 'project.created', project, null) };
  }

  /** Two that are created at once wait for each other until the transaction ends. */
  private async requireRoom(manager: EntityManager, organizationId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`projects of ${organizationId}`]);
    const most = this.settings.maxProjectsPerOrganization;
    if ((await manager.countBy(ProjectEntity, { organizationId })) >= most)
      throw limitReached('MAX_PROJECTS_PER_ORGANIZATION', `${most} projects in an organization`);
  }

  async rename(caller: Caller, id: string, name: string): Promise<ProjectEntity> {
    const { organizationId } = caller;
    const { project, outboxIds } = await this.dataSource.transaction(async (manager) => {
      const found = await manager.findOne(ProjectEntity, {
        where: { id, organizationId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) throw notFound('project');
      const before = found.name;
      Object.assign(found, { name, updatedAt: new Date() });
      await manager.save(ProjectEntity, found);
      return { project: found, outboxIds: await this.tell(manager, caller, 'project.renamed', found, before) };
    });
    await this.seen(outboxIds);
    return project;
  }

  /** Answers what other services must have seen before they know the project as it is now. */
  private async tell(
    manager: EntityManager,
    caller: Caller,
    action: ActivityAction,
    project: ProjectEntity,
    before: string | null,
  ): Promise<string[]> {
    const { id, name } = project;
    const changes = [{ field: 'name', before, after: name }];
    const told = activityRecord(
      caller,
      { action, subject: { kind: 'project', id, name }, projectId: id, changes },
      SOURCE,
    );
    const ids = await this.outbox.add(manager, [stateMessage(project), told]);
    return ids.slice(0, 1);
  }

  /** Resolves when other services can see the change, or after a second: who creates a project may connect to it next. */
  async seen(outboxIds: string[]): Promise<void> {
    await this.outbox.published(outboxIds, SEEN_WITHIN_MS);
  }

  /** @throws Problem 404 */
  async one({ organizationId }: Caller, id: string): Promise<ProjectEntity> {
    const project = await this.dataSource.manager.findOne(ProjectEntity, { where: { id, organizationId } });
    if (!project) throw notFound('project');
    return project;
  }

  /** Newest first; one more than the limit, where there are more. */
  list({ organizationId }: Caller, beforeId: string | undefined, limit: number): Promise<ProjectEntity[]> {
    const where = beforeId === undefined ? { organizationId } : { organizationId, id: LessThan(beforeId) };
    return this.dataSource.manager.find(ProjectEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
  }
}
