import type { Environment, EventType } from '#libs/contracts';
import type { Call, Evidence, ListedRelease } from './evidence.js';

/** An event that the API's list of releases says has happened. */
export interface DueEvent {
  eventType: EventType;
  projectId: string;
  version: string;
  environment: Environment;
  releaseId: string;
  revision: number;
  /** When the call that made it began; missing where no call can be told to have made it. */
  calledAt?: number;
}

/**
 * Every event of every release in the list: how it came to be, and each change of its rollout. A call without an answer may
 * have made a release or not: what the list says counts, and then all of its events must have arrived.
 */
export function eventsOf({ calls, posts, releases }: Evidence): DueEvent[] {
  const made = new Map<string, Call>();
  for (const call of calls) if (call.kind !== 'rollout') made.set(placeOf(call), call);
  const changed = callsByRevision(calls);
  const first = new Map<string, number>();
  for (const { eventType, releaseId, revision } of posts)
    if (eventType !== 'release.rollout_changed') first.set(releaseId, revision);
  return releases.flatMap((release) => {
    const call = made.get(placeOf(release));
    const began = call?.release?.revision ?? first.get(release.id) ?? (release.promotedFromId ? undefined : 1);
    const origin = release.promotedFromId ? ('release.promoted' as const) : ('release.created' as const);
    const events = [event(release, origin, { revision: began ?? 0, calledAt: call?.startedAt })];
    for (let revision = (began ?? release.revision) + 1; revision <= release.revision; revision += 1) {
      // one without an answer came after the release's own call: that is all that is known
      const calledAt = changed.get(`${release.id} ${revision}`)?.startedAt ?? call?.startedAt;
      events.push(event(release, 'release.rollout_changed', { revision, calledAt }));
    }
    return events;
  });
}

/** By release and revision, the call that was answered with it. */
export function callsByRevision(calls: Call[]): Map<string, Call> {
  const found = new Map<string, Call>();
  for (const call of calls) {
    const revision = call.release && `${call.release.id} ${call.release.revision}`;
    if (revision && !found.has(revision)) found.set(revision, call); // a later one asked for what was there already
  }
  return found;
}

/** A version is made once, and promoted once to each environment. */
const placeOf = ({ projectId, version, environment }: Pick<Call, 'projectId' | 'version' | 'environment'>): string =>
  `${projectId} ${version} ${environment}`;

function event(
  { id, projectId, version, environment }: ListedRelease,
  eventType: EventType,
  more: { revision: number; calledAt?: number },
): DueEvent {
  return { eventType, projectId, version, environment, releaseId: id, ...more };
}
