import type { DataSource } from 'typeorm';
import { PROJECT_STATE, parseEvent, type ProjectState } from '#libs/contracts';
import { TableStates } from '#libs/outbox';
import { ProjectEntity } from './project.entity.js';
import { SOURCE, stateMessage, tombstone } from './project-state.js';

/** Keeps `project.state` as the table of projects is. */
export const projectStates = (dataSource: DataSource): TableStates<ProjectEntity, ProjectState> =>
  new TableStates({
    topic: PROJECT_STATE.topic,
    source: SOURCE,
    dataSource,
    entity: ProjectEntity,
    seen: (record) => {
      const { id, organizationId, name } = parseEvent(PROJECT_STATE, record);
      return { id, organizationId, name };
    },
    agrees: ({ id, organizationId, name }, seen) =>
      seen.id === id && seen.organizationId === organizationId && seen.name === name,
    stateMessage,
    tombstone,
  });
