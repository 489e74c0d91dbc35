import type { Environment, EventType } from '../../api/types.js';

/** Which releases a destination receives; undefined: one project, and not chosen yet. */
export interface Route {
  projectId: string | null | undefined;
  eventTypes: readonly EventType[];
  environments: readonly Environment[];
}

/** What two destinations both receive; undefined where that is nothing. */
export function overlapOf(one: Route, other: Route): Route | undefined {
  if (one.projectId === undefined || other.projectId === undefined) return undefined;
  if (one.projectId !== null && other.projectId !== null && one.projectId !== other.projectId) return undefined;
  const eventTypes = both(one.eventTypes, other.eventTypes);
  const environments = both(one.environments, other.environments);
  if (!eventTypes || !environments) return undefined;
  return { projectId: one.projectId ?? other.projectId, eventTypes, environments };
}

/** Empty means all. */
function both<T>(one: readonly T[], other: readonly T[]): readonly T[] | undefined {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const shared = one.filter((each) => other.includes(each));
  return shared.length === 0 ? undefined : shared;
}
