import { In, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { PROJECT_STATE, UnreadableEvent, parseEvent, type ProjectState, type RawRecord } from '#libs/contracts';
import type { OutboxMessage, StateOwner } from '#libs/outbox';
import { ProjectEntity } from './project.entity.js';
import { SOURCE, stateMessage, tombstone } from './project-state.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What `project.state` has to show: the table of projects. */
export class ProjectStates implements StateOwner<ProjectEntity, ProjectState> {
  readonly topic = PROJECT_STATE.topic;
  readonly source = SOURCE;

  constructor(private readonly dataSource: DataSource) {}

  seen(record: RawRecord): ProjectState | undefined {
    try {
      const { id, organizationId, name } = parseEvent(PROJECT_STATE, record);
      return { id, organizationId, name };
    } catch (error) {
      if (error instanceof UnreadableEvent) return undefined;
      throw error;
    }
  }

  page(afterKey: string | undefined, limit: number): Promise<ProjectEntity[]> {
    return this.dataSource.manager.find(ProjectEntity, {
      ...(afterKey !== undefined && { where: { id: MoreThan(afterKey) } }),
      order: { id: 'ASC' },
      take: limit,
    });
  }

  keyOf({ id }: ProjectEntity): string {
    return id;
  }

  agrees({ id, organizationId, name }: ProjectEntity, seen: ProjectState): boolean {
    return seen.id === id && seen.organizationId === organizationId && seen.name === name;
  }

  async repair(
    manager: EntityManager,
    keys: string[],
    seen: ReadonlyMap<string, ProjectState | undefined>,
  ): Promise<OutboxMessage[]> {
    const rows = await manager.find(ProjectEntity, {
      where: { id: In(keys.filter((key) => UUID.test(key))) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const differing = rows.filter((row) => {
      const known = seen.get(row.id);
      return known === undefined || !this.agrees(row, known);
    });
    const there = new Set(rows.map(({ id }) => id));
    const gone = keys.filter((key) => seen.has(key) && !there.has(key));
    return [...differing.map(stateMessage), ...gone.map(tombstone)];
  }
}
