import type { Health } from '#libs/contracts';
import type { Buckets } from '../ledger/bucket-sizes.js';
import { noneOpen, type OpenCounts } from '../ledger/destinations.queries.js';
import { LATENCY_BUCKETS, percentile } from '../ledger/latency-buckets.js';
import type { Figures } from '../ledger/rollup.queries.js';
import type { DeliverySummary, IntegrationSummary, SummaryBucket } from './delivery-summary.dto.js';

export interface SummaryParts {
  buckets: Buckets;
  until: Date;
  figures: readonly Figures[];
  /** Every integration to be shown. */
  integrationIds: readonly string[];
  open: ReadonlyMap<string, OpenCounts>;
  health: ReadonlyMap<string, Health>;
}

/** Puts the summary together. No attempts make a latency of 0. */
export function summarize(parts: SummaryParts): DeliverySummary {
  const { buckets, until, figures } = parts;
  const timed = figures.filter(({ at }) => at !== null);
  const integrations = integrationsOf(parts);
  const latencies = merged(timed);
  const total = (of: (one: IntegrationSummary) => number): number =>
    integrations.reduce((sum, one) => sum + of(one), 0);
  return {
    since: buckets.start.toISOString(),
    until: until.toISOString(),
    totals: {
      pending: total(({ pending }) => pending),
      retrying: total(({ retrying }) => retrying),
      delivered: timed.reduce((sum, { delivered }) => sum + delivered, 0),
      dead: total(({ dead }) => dead),
      held: total(({ held }) => held),
      dropped: timed.reduce((sum, { dropped }) => sum + dropped, 0),
    },
    latencyMs: { p50: rank(latencies, 0.5), p95: rank(latencies, 0.95), p99: rank(latencies, 0.99) },
    buckets: bucketsOf(buckets, timed),
    integrations,
  };
}

function bucketsOf({ start, sizeMs, count }: Buckets, timed: readonly Figures[]): SummaryBucket[] {
  const byTime = new Map(timed.map((figures) => [figures.at!.getTime(), figures]));
  return Array.from({ length: count }, (_, index) => {
    const at = start.getTime() + index * sizeMs;
    const { delivered = 0, failed = 0, latencies = [] } = byTime.get(at) ?? {};
    return { at: new Date(at).toISOString(), delivered, failed, p95Ms: rank(latencies, 0.95) };
  });
}

function integrationsOf({ figures, integrationIds, open, health }: SummaryParts): IntegrationSummary[] {
  const byId = new Map(figures.map((one) => [one.integration_id, one]));
  return integrationIds.map((integrationId) => {
    const { delivered = 0, failed = 0, latencies = [] } = byId.get(integrationId) ?? {};
    return {
      integrationId,
      health: health.get(integrationId) ?? 'unknown',
      delivered,
      failed,
      ...(open.get(integrationId) ?? noneOpen()),
      p95Ms: rank(latencies, 0.95),
    };
  });
}

function merged(figures: readonly Figures[]): number[] {
  return Array.from({ length: LATENCY_BUCKETS }, (_, index) =>
    figures.reduce((sum, { latencies }) => sum + (latencies[index] ?? 0), 0),
  );
}

const rank = (latencies: readonly number[], p: number): number => percentile(latencies, p) ?? 0;
