import type { ReleaseEvent } from './release-event.js';
import type { IntegrationState } from './state-events.js';

/** What of an integration decides what it hears of. */
export type Route = Pick<IntegrationState, 'organizationId' | 'projectId' | 'eventTypes' | 'environments'>;

/** Whether an integration should hear of an event. Whether it is enabled does not matter here: a disabled one holds what arrives. */
export function routeMatches(route: Route, { type, data }: Pick<ReleaseEvent, 'type' | 'data'>): boolean {
  return (
    route.organizationId === data.organizationId &&
    (route.projectId === null || route.projectId === data.project.id) &&
    (route.eventTypes.length === 0 || route.eventTypes.includes(type)) &&
    (route.environments.length === 0 || route.environments.includes(data.release.environment))
  );
}
