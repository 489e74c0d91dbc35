import type { DeliveryStatus, Environment, ErrorCode, DeliveredType } from '#libs/contracts';
import { fieldsOf } from '#libs/database';
import type { Attempt, Delivery } from './delivery.dto.js';
import { ATTEMPT_COLUMNS, DELIVERY_COLUMNS } from './ledger-columns.js';

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

type NotShown<Columns, Row> = Exclude<keyof Columns, keyof Row>[];

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

export interface AttemptRow {
  round: number;
  number: number;
  started_at: Date;
  duration_ms: number;
  outcome: 'delivered' | 'failed';
  status_code: number | null;
  error_code: ErrorCode | null;
  error: string | null;
  response_body: string | null;
  response_headers: Record<string, string> | null;
}

/** The columns of AttemptRow, of a table called `a`. */
export const ATTEMPT_FIELDS = fieldsOf('a', ATTEMPT_COLUMNS, [
  'delivery_id',
  'event_at',
  'organization_id',
  'permanent',
] satisfies NotShown<typeof ATTEMPT_COLUMNS, AttemptRow>);

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

export function attemptView(row: AttemptRow): Attempt {
  return {
    number: row.number,
    round: row.round,
    startedAt: row.started_at.toISOString(),
    durationMs: row.duration_ms,
    outcome: row.outcome,
    statusCode: row.status_code,
    errorCode: row.error_code,
    error: row.error,
    responseBody: row.response_body,
    responseHeaders: row.response_headers,
  };
}
