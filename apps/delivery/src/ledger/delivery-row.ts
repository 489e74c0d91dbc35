import {
  isAlert,
  projectIdOf,
  type DeliveredType,
  type DeliveryStatus,
  type Environment,
  type ErrorCode,
} from '#libs/contracts';
import { fieldsOf, type NotShown, type RowOf } from '#libs/database';
import type { Delivery } from './delivery.dto.js';
import { keptAt, type LedgerEntry } from './ledger-entry.js';
import { storable } from './storable.js';

/** The columns of `deliveries` with their types. */
export const DELIVERY_COLUMNS = {
  id: 'uuid',
  event_at: 'timestamptz',
  event_id: 'text',
  event_type: 'text',
  organization_id: 'text',
  integration_id: 'uuid',
  project_id: 'uuid',
  project_name: 'text',
  release_id: 'uuid',
  version: 'text',
  environment: 'text',
  test: 'boolean',
  status: 'text',
  round: 'integer',
  round_attempts: 'integer',
  attempt_count: 'integer',
  credentials_version: 'integer',
  queue: 'smallint',
  queue_position: 'bigint',
  next_attempt_at: 'timestamptz',
  last_status_code: 'integer',
  last_error_code: 'text',
  last_error: 'text',
  event: 'json',
  updated_at: 'timestamptz',
} as const;

/** What a later entry about the same delivery replaces; all others say which delivery it is. */
export const DELIVERY_STATE = [
  'status',
  'round',
  'round_attempts',
  'credentials_version',
  'queue',
  'queue_position',
  'next_attempt_at',
  'last_status_code',
  'last_error_code',
  'last_error',
  'updated_at',
] as const satisfies (keyof typeof DELIVERY_COLUMNS)[];

/** What is written of an entry; to the attempts that the row has, so many are added. */
export function deliveryRow(entry: LedgerEntry, attemptsAdded: number, now: Date): RowOf<typeof DELIVERY_COLUMNS> {
  const { request, lastError } = entry;
  const { event } = request;
  const { organizationId } = event.data;
  const { project, release } = isAlert(event) ? {} : event.data;
  return {
    id: request.deliveryId,
    event_at: keptAt(request),
    event_id: storable(event.id),
    event_type: event.type,
    organization_id: storable(organizationId),
    integration_id: request.integrationId,
    project_id: projectIdOf(event),
    project_name: storable(project?.name ?? null),
    release_id: release?.id ?? null,
    version: storable(release?.version ?? null),
    environment: release?.environment ?? null,
    test: request.test,
    status: entry.status,
    round: entry.round,
    round_attempts: entry.roundAttempts,
    attempt_count: attemptsAdded,
    credentials_version: entry.credentialsVersion,
    queue: entry.queue,
    queue_position: entry.queuePosition,
    next_attempt_at: entry.nextAttemptAt,
    last_status_code: lastError?.statusCode ?? entry.attempt?.statusCode ?? null,
    last_error_code: lastError?.code ?? null,
    last_error: storable(lastError?.message ?? null),
    event,
    updated_at: now,
  };
}

/** A row of `deliveries` without the event itself. */
export interface DeliveryRow {
  id: string;
  event_at: Date;
  event_id: string;
  event_type: DeliveredType;
  integration_id: string;
  project_id: string | null;
  project_name: string | null;
  release_id: string | null;
  version: string | null;
  environment: Environment | null;
  test: boolean;
  status: DeliveryStatus;
  round: number;
  attempt_count: number;
  next_attempt_at: Date | null;
  last_status_code: number | null;
  last_error_code: ErrorCode | null;
  last_error: string | null;
  updated_at: Date;
  /** Of an alert: the destination that it is about. */
  subject: { id: string; name: string } | null;
}

/** The columns of DeliveryRow, of a table called `d`. */
export const DELIVERY_FIELDS = `${fieldsOf('d', DELIVERY_COLUMNS, [
  'organization_id',
  'round_attempts',
  'credentials_version',
  'queue',
  'queue_position',
  'event',
] satisfies NotShown<typeof DELIVERY_COLUMNS, DeliveryRow>)},
  CASE WHEN d.version IS NULL THEN json_build_object('id', d.event #>> '{data,destination,id}', 'name', d.event #>> '{data,destination,name}') END AS subject`;

/** A row as the API shows it. */
export function deliveryView(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    eventId: row.event_id,
    eventType: row.event_type,
    test: row.test,
    integrationId: row.integration_id,
    projectId: row.project_id,
    projectName: row.project_name,
    releaseId: row.release_id,
    version: row.version,
    environment: row.environment,
    status: row.status,
    round: row.round,
    attemptCount: row.attempt_count,
    createdAt: row.event_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    lastStatusCode: row.last_status_code,
    lastErrorCode: row.last_error_code,
    lastError: row.last_error,
    subject: row.subject,
  };
}
