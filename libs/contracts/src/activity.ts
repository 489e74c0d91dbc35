import { Type, type Static } from 'typebox';
import { freshHeaders } from './cloud-event.js';
import type { EncodedRecord } from './contract.js';
import { uuidv7 } from './ids.js';

const MAX_TEXT = 1_000;
const MAX_NAME = 200;
const Text = Type.Union([Type.Null(), Type.String({ maxLength: MAX_TEXT })]);

/** What people do here; what they do with releases that notifies is told by `release.events`. A newer service may send others. */
export const ACTIVITY_ACTIONS = [
  'project.created',
  'project.renamed',
  'release.corrected',
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
    name: Type.String({ maxLength: MAX_NAME }),
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

/** What somebody does at this moment, as a record for the outbox. What is too long for it ends with "…". */
export function activityRecord(
  { organizationId, userId, name }: Actor,
  { action, subject, projectId, changes }: Done,
  source: string,
): EncodedRecord & { topic: string } {
  const activity: Activity = {
    id: uuidv7(),
    organizationId,
    at: new Date().toISOString(),
    actor: { id: userId, name },
    action,
    subject: { ...subject, name: cut(subject.name, MAX_NAME) },
    projectId,
    changes: changes.map(({ field, before, after }) => ({ field, before: cutText(before), after: cutText(after) })),
  };
  return {
    topic: ACTIVITY.topic,
    key: ACTIVITY.key(activity),
    value: JSON.stringify(activity),
    headers: freshHeaders(action, source, subject.id),
  };
}

const cutText = (text: string | null): string | null => (text === null ? null : cut(text, MAX_TEXT));

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
