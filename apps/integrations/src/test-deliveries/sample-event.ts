import {
  ENVIRONMENTS,
  uuidv7,
  type Environment,
  type ProjectState,
  type ReleaseEvent,
  type ReleaseEventData,
} from '#libs/contracts';
import type { IntegrationEntity } from '../integrations/integration.entity.js';

export interface SampleContext {
  /** Of the route, or the organization's newest; undefined where it has none yet. */
  project: Pick<ProjectState, 'id' | 'name'> | undefined;
  actor: ReleaseEventData['actor'];
  adminBaseUrl: string;
  now: Date;
}

const BELOW: Record<Environment, Environment | null> = { test: null, stage: 'test', prod: 'stage' };

/** An event as this integration might get it: of its own project, with the first type and the highest environment that its route lets through. */
export function sampleEvent(
  integration: Pick<IntegrationEntity, 'organizationId' | 'eventTypes' | 'environments'>,
  { project, actor, adminBaseUrl, now }: SampleContext,
): ReleaseEvent {
  const type = integration.eventTypes[0] ?? 'release.created';
  const environment = ENVIRONMENTS.findLast((one) => integration.environments.includes(one)) ?? 'prod';
  const of = project ?? { id: uuidv7(), name: 'Your first project' };
  const releaseId = uuidv7();
  return {
    id: uuidv7(),
    type,
    time: now.toISOString(),
    data: {
      organizationId: integration.organizationId,
      project: { id: of.id, name: of.name },
      release: {
        id: releaseId,
        version: '1.4.2',
        environment,
        mandatory: false,
        description: 'This is what a release will look like here. Nothing was released.',
        rolloutPercentage: type === 'release.rollout_changed' ? 50 : 100,
        revision: type === 'release.created' ? 1 : 2,
      },
      previous: previousOf(type, environment),
      actor,
      url: `${adminBaseUrl}/projects/${of.id}/releases/${releaseId}`,
    },
  };
}

function previousOf(type: ReleaseEvent['type'], environment: Environment): ReleaseEventData['previous'] {
  switch (type) {
    case 'release.created':
      return null;
    case 'release.promoted':
      return { environment: BELOW[environment], rolloutPercentage: null };
    case 'release.rollout_changed':
      return { environment: null, rolloutPercentage: 10 };
  }
}
