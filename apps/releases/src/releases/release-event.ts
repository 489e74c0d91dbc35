import type { Caller } from '#libs/auth';
import {
  HEADERS,
  RELEASE_EVENTS,
  encodeReleaseEvent,
  uuidv7,
  type EventType,
  type ReleaseEvent,
  type ReleaseEventData,
} from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import { SOURCE } from '../projects/project-state.js';
import type { ReleaseEntity } from './release.entity.js';

export interface EventContext {
  caller: Pick<Caller, 'userId' | 'name'>;
  /** The console's origin, for the deep link. */
  adminBaseUrl: string;
  /** W3C trace context of the call. */
  traceparent: string;
}

export interface Change {
  type: EventType;
  release: ReleaseEntity;
  projectName: string;
  previous: ReleaseEventData['previous'];
  at: Date;
}

/** What happened to a release, for everybody who should hear of it. */
export function releaseEvent(
  { type, release, projectName, previous, at }: Change,
  { caller, adminBaseUrl }: EventContext,
): ReleaseEvent {
  const { id, projectId, version, environment, mandatory, description, rolloutPercentage, revision } = release;
  return {
    id: uuidv7(),
    type,
    time: at.toISOString(),
    data: {
      organizationId: release.organizationId,
      project: { id: projectId, name: projectName },
      release: { id, version, environment, mandatory, description, rolloutPercentage, revision },
      previous,
      actor: { id: caller.userId, name: caller.name },
      url: `${adminBaseUrl}/projects/${projectId}/releases/${id}`,
    },
  };
}

export function eventMessage(event: ReleaseEvent, traceparent: string): OutboxMessage {
  const { key, value, headers } = encodeReleaseEvent(event, SOURCE);
  return { topic: RELEASE_EVENTS.topic, key, value, headers: { ...headers, [HEADERS.traceparent]: traceparent } };
}
