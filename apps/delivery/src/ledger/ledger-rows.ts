import { isAlert, projectIdOf } from '#libs/contracts';
import type { RowOf } from '#libs/database';
import { bucketOf, LATENCY_BUCKETS } from './latency-buckets.js';
import type { ATTEMPT_COLUMNS, DELIVERY_COLUMNS } from './ledger-columns.js';
import { keptAt, type LedgerEntry } from './ledger-entry.js';

/** PostgreSQL's text takes neither a NUL nor half a surrogate pair; what others send us may hold both. */
const storable = (text: string | null): string | null =>
  text === null ? null : text.replaceAll('\u0000', '').toWellFormed();

/** The parameters of one RECORD statement. Of several entries about one delivery the last decides its row. */
export function ledgerRows(
  entries: readonly LedgerEntry[],
  now: Date,
): [deliveries: unknown[], attempts: unknown[], minutes: unknown[], health: unknown[]] {
  const latest = new Map<string, { entry: LedgerEntry; attempts: number }>();
  for (const entry of entries) {
    const before = latest.get(entry.request.deliveryId)?.attempts ?? 0;
    latest.set(entry.request.deliveryId, { entry, attempts: before + (entry.attempt ? 1 : 0) });
  }
  return [
    [...latest.values()].map(({ entry, attempts }) => deliveryRow(entry, attempts, now)),
    entries.filter(({ attempt }) => attempt).map((entry) => attemptRow(entry)),
    minuteRows(entries, now),
    healthRows(entries),
  ];
}

function deliveryRow(entry: LedgerEntry, attemptsAdded: number, now: Date): RowOf<typeof DELIVERY_COLUMNS> {
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
    attempt_count: attemptsAdded, // to what the row has
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

function attemptRow({ request, attempt }: LedgerEntry): RowOf<typeof ATTEMPT_COLUMNS> {
  return {
    delivery_id: request.deliveryId,
    event_at: keptAt(request),
    round: request.round,
    number: request.attempt,
    organization_id: storable(request.event.data.organizationId),
    started_at: attempt!.startedAt,
    duration_ms: attempt!.durationMs,
    outcome: attempt!.outcome,
    permanent: attempt!.permanent,
    status_code: attempt!.statusCode,
    error_code: attempt!.errorCode,
    error: storable(attempt!.error),
    response_body: storable(attempt!.responseBody),
    response_headers: attempt!.responseHeaders,
  };
}

interface Minute {
  integration_id: string;
  organization_id: string;
  minute: string;
  delivered: number;
  failed: number;
  dropped: number;
  latencies: number[];
}

/** What happened in this minute, summed per integration before it goes to the database. */
function minuteRows(entries: readonly LedgerEntry[], now: Date): Minute[] {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString();
  const byIntegration = new Map<string, Minute>();
  for (const { request, attempt, status } of entries) {
    if (!attempt && status !== 'dropped') continue;
    const id = request.integrationId;
    const row = byIntegration.get(id) ?? {
      integration_id: id,
      organization_id: request.event.data.organizationId,
      minute,
      delivered: 0,
      failed: 0,
      dropped: 0,
      latencies: Array.from({ length: LATENCY_BUCKETS }, () => 0),
    };
    byIntegration.set(id, row);
    if (attempt) {
      row[attempt.outcome] += 1;
      row.latencies[bucketOf(attempt.durationMs)]! += 1;
    } else row.dropped += 1;
  }
  return [...byIntegration.values()];
}

function healthRows(entries: readonly LedgerEntry[]): Record<string, unknown>[] {
  const latest = new Map<string, Record<string, unknown>>();
  for (const { request, health } of entries) {
    if (health === null) continue;
    latest.set(request.integrationId, {
      integration_id: request.integrationId,
      organization_id: request.event.data.organizationId,
      health,
    });
  }
  return [...latest.values()];
}
