import type { ErrorCode } from '#libs/contracts';
import { fieldsOf, type NotShown, type RowOf } from '#libs/database';
import type { Attempt } from './delivery.dto.js';
import { keptAt, type AttemptRecord, type LedgerEntry } from './ledger-entry.js';
import { storable } from './storable.js';

/** The columns of `attempts` with their types. */
export const ATTEMPT_COLUMNS = {
  delivery_id: 'uuid',
  event_at: 'timestamptz',
  round: 'integer',
  number: 'integer',
  organization_id: 'text',
  started_at: 'timestamptz',
  duration_ms: 'integer',
  outcome: 'text',
  permanent: 'boolean',
  status_code: 'integer',
  error_code: 'text',
  error: 'text',
  response_body: 'text',
  response_headers: 'json',
} as const;

/** What is written of an attempt. */
export function attemptRow({ request }: LedgerEntry, attempt: AttemptRecord): RowOf<typeof ATTEMPT_COLUMNS> {
  return {
    delivery_id: request.deliveryId,
    event_at: keptAt(request),
    round: request.round,
    number: request.attempt,
    organization_id: storable(request.event.data.organizationId),
    started_at: attempt.startedAt,
    duration_ms: attempt.durationMs,
    outcome: attempt.outcome,
    permanent: attempt.permanent,
    status_code: attempt.statusCode,
    error_code: attempt.errorCode,
    error: storable(attempt.error),
    response_body: storable(attempt.responseBody),
    response_headers: attempt.responseHeaders,
  };
}

/** What is read of it. */
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

/** A row as the API shows it. */
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
