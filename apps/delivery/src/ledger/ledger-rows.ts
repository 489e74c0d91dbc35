import { attemptRow } from './attempt-row.js';
import { deliveryRow } from './delivery-row.js';
import { bucketOf, LATENCY_BUCKETS } from './latency-buckets.js';
import type { LedgerEntry } from './ledger-entry.js';

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
    entries.flatMap((entry) => (entry.attempt ? [attemptRow(entry, entry.attempt)] : [])),
    minuteRows(entries, now),
    healthRows(entries),
  ];
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
