import { deliveryIdOf, type Activity, type ReleaseEvent } from '#libs/contracts';

type Change = Activity['changes'][number];

/** An event is told under one id, made from its own as a delivery's is. */
const AS_ACTIVITY = '0b6c7f0e-8a3c-4c0e-9d54-5a3f2f1d7a11';

/** A release event says who did what, so it is told once: as the event. */
export function releaseActivity(event: ReleaseEvent): Activity {
  const { organizationId, actor, project, release } = event.data;
  return {
    id: deliveryIdOf(event, AS_ACTIVITY),
    organizationId,
    at: event.time,
    actor,
    action: event.type,
    subject: { kind: 'release', id: release.id, name: `${project.name} ${release.version}` },
    projectId: project.id,
    changes: changesOf(event),
  };
}

function changesOf({ type, data: { release, previous } }: ReleaseEvent): Change[] {
  const rollout = String(release.rolloutPercentage);
  if (type === 'release.rollout_changed')
    return [{ field: 'rolloutPercentage', before: textOf(previous?.rolloutPercentage), after: rollout }];
  return [
    { field: 'environment', before: textOf(previous?.environment), after: release.environment },
    { field: 'rolloutPercentage', before: null, after: rollout },
  ];
}

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
