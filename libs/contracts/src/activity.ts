import { Type, type Static } from 'typebox';
import { freshHeaders } from './cloud-event.js';
import type { EncodedRecord } from './contract.js';
import { uuidv7 } from './ids.js';

const Text = Type.Union([Type.Null(), Type.String({ maxLength: 1000 })]);

/** What people do here; releases are told by `release.events`. A newer service may send others. */
export const ACTIVITY_ACTIONS = [
  'project.created',
  'project.renamed',
  'integration.connected',
  'integration.changed',
  'integration.reconnected',
  'integration.deleted',
  'integration.tested',
  'signing-secret.rotated',
  'deliveries.redelivered',
  'deliveries.discarded',
] as const;
export type ActivityAction = (typeof ACTIVITY_ACTIONS)[number];

/** Somebody did something. Written in the transaction of the change by the service that makes it; never holds a secret. */
export const Activity = Type.Object({
  /** The same however often the record is published. */
  id: Type.String({ format: 'uuid' }),
  organizationId: Type.String({ minLength: 1, maxLength: 64 }),
  /** ISO 8601. */
  at: Type.String({ format: 'date-time' }),
  actor: Type.Object({ id: Type.String({ maxLength: 200 }), name: Type.String({ maxLength: 200 }) }),
  action: Type.String({ pattern: '^[a-z_.-]{1,60}$' }),
  subject: Type.Object({
    kind: Type.String({ pattern: '^[a-z-]{1,30}$' }),
    id: Type.String({ minLength: 1, maxLength: 100 }),
    /** As it was called then. */
    name: Type.String({ maxLength: 200 }),
  }),
  /** null: of no project, or of all. */
  projectId: Type.Union([Type.Null(), Type.String({ format: 'uuid' })]),
  /** As texts; lists are joined by commas, and null is nothing, or all. */
  changes: Type.Array(Type.Object({ field: Type.String({ maxLength: 60 }), before: Text, after: Text }), {
    maxItems: 20,
  }),
});
export type Activity = Static<typeof Activity>;

export const ACTIVITY = {
  topic: 'activity',
  deadLetterTopic: 'activity.dlq',
  schema: Activity,
  /** Keeps one organization's in order. */
  key: (activity: Activity) => activity.organizationId,
} as const;

/** Who does something. */
export interface Actor {
  organizationId: string;
  userId: string;
  /** Fit to be shown. */
  name: string;
}

type Done = Pick<Activity, 'subject' | 'projectId' | 'changes'> & { action: ActivityAction };

/** What somebody does at this moment, as a record for the outbox. */
export function activityRecord(
  { organizationId, userId, name }: Actor,
  done: Done,
  source: string,
): EncodedRecord & { topic: string } {
  const at = new Date().toISOString();
  const activity: Activity = { id: uuidv7(), organizationId, at, actor: { id: userId, name }, ...done };
  return {
    topic: ACTIVITY.topic,
    key: ACTIVITY.key(activity),
    value: JSON.stringify(activity),
    headers: freshHeaders(done.action, source, done.subject.id),
  };
}
