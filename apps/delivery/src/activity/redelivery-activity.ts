import { activityRecord, type Activity, type ActivityAction, type Actor, type IntegrationState } from '#libs/contracts';
import type { ActivityRecord } from './activity-queue.js';

const SOURCE = '/nitropush/delivery';

type Done = Extract<ActivityAction, 'deliveries.redelivered' | 'deliveries.discarded'>;

/** Which deliveries: how many, what they were before, and of one of them what it is about. */
export interface DoneTo {
  count: number;
  statuses: readonly string[];
  /** The id of the one that it is about. */
  delivery?: string;
  /** Such as `NitroPush iOS 1.0.5`. */
  about?: string;
}

/** What somebody did with deliveries of an integration. */
export function redeliveryActivity(
  actor: Actor,
  action: Done,
  { id, name, projectId }: Pick<IntegrationState, 'id' | 'name' | 'projectId'>,
  { count, statuses, delivery, about }: DoneTo,
): ActivityRecord {
  const change = (field: string, after: string): Activity['changes'][number] => ({ field, before: null, after });
  const changes = [
    change('messages', String(count)),
    change('statuses', statuses.join(', ')),
    ...(delivery === undefined ? [] : [change('delivery', delivery)]),
    ...(about === undefined ? [] : [change('about', about)]),
  ];
  return activityRecord(actor, { action, subject: { kind: 'integration', id, name }, projectId, changes }, SOURCE);
}
