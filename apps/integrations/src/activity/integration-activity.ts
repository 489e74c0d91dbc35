import { activityRecord, type Activity, type ActivityAction, type Actor } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import { SOURCE } from '../integrations/integration-state.js';
import type { IntegrationEntity } from '../integrations/integration.entity.js';
import { PLAIN_FIELDS } from '../integrations/plain-fields.js';

/** What is told of an integration: nothing that is sealed. */
const FIELDS = [...PLAIN_FIELDS, 'destination'] as const;
type Shown = Pick<IntegrationEntity, (typeof FIELDS)[number] | 'credentialsVersion'>;

/** What differs, as texts. That credentials were saved is told by where they lead, also where that is the same. */
export function changesBetween(before: Shown | null, after: Shown): Activity['changes'] {
  const changes = FIELDS.map((field) => ({
    field,
    before: before && textOf(before[field]),
    after: textOf(after[field]),
  })).filter(({ before: old, after: fresh }) => old !== fresh);
  if (before === null || before.credentialsVersion === after.credentialsVersion) return changes;
  return [
    ...changes.filter(({ field }) => field !== 'destination'),
    { field: 'credentials', before: before.destination, after: after.destination },
  ];
}

export function activityMessage(
  actor: Actor,
  action: ActivityAction,
  { id, name, projectId }: Pick<IntegrationEntity, 'id' | 'name' | 'projectId'>,
  changes: Activity['changes'] = [],
): OutboxMessage {
  return activityRecord(actor, { action, subject: { kind: 'integration', id, name }, projectId, changes }, SOURCE);
}

function textOf(value: Shown[(typeof FIELDS)[number]]): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ');
  return String(value);
}
