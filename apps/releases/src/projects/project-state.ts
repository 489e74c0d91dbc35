import { PROJECT_STATE, RELEASES_SOURCE, freshHeaders, type ProjectState } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import type { ProjectEntity } from './project.entity.js';

export const SOURCE = RELEASES_SOURCE;

/** The state that the other services keep of a project. */
export function stateMessage({ id, organizationId, name }: ProjectEntity): OutboxMessage {
  const state: ProjectState = { id, organizationId, name };
  return {
    topic: PROJECT_STATE.topic,
    key: PROJECT_STATE.key(state),
    value: JSON.stringify(state),
    headers: freshHeaders('project.changed', SOURCE, id),
  };
}

/** The project is gone: compaction forgets it. */
export function tombstone(id: string): OutboxMessage {
  return {
    topic: PROJECT_STATE.topic,
    key: id,
    value: null,
    headers: freshHeaders('project.deleted', SOURCE, id),
  };
}
