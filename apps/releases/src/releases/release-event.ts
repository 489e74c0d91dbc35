import type { Caller } from '#libs/auth';
import {
  HEADERS,
  RELEASE_EVENTS,
  encodeUnnamedReleaseEvent,
  uuidv7,
  type EventType,
  type ReleaseEventData,
  type UnnamedRecord,
  type UnnamedReleaseEvent,
} from '#libs/contracts';
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
  previous: ReleaseEventData['previous'];
  at: Date;
}

/** What happened to a release, for everybody who should hear of it. */
export function releaseEvent(
  { type, release, previous, at }: Change,
  { caller, adminBaseUrl }: EventContext,
): UnnamedReleaseEvent {
  const { id, projectId, version, environment, mandatory, description, rolloutPercentage, revision } = release;
  return {
    id: uuidv7(),
    type,
    time: at.toISOString(),
    data: {
      organizationId: release.organizationId,
      project: { id: projectId },
      release: { id, version, environment, mandatory, description, rolloutPercentage, revision },
      previous,
      actor: { id: caller.userId, name: caller.name },
      url: `${adminBaseUrl}/projects/${projectId}/releases/${id}`,
    },
  };
}

/** What the outbox is given once the name of the project is known. */
export type UnnamedMessage = UnnamedRecord & { topic: string };

export function eventMessage(event: UnnamedReleaseEvent, traceparent: string): UnnamedMessage {
  const { key, value, headers } = encodeUnnamedReleaseEvent(event, SOURCE);
  return { topic: RELEASE_EVENTS.topic, key, value, headers: { ...headers, [HEADERS.traceparent]: traceparent } };
}
