import type { DeliverySummary, Integration, IntegrationSummary } from '../../api/types.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MOST = 10;

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

export interface Point {
  label: string;
  delivered: number;
  failed: number;
  p95: number;
}

/** The buckets as a chart takes them, and how long each is, in words. */
export function pointsOf({ buckets, since, until }: Pick<DeliverySummary, 'buckets' | 'since' | 'until'>): {
  points: Point[];
  each: string;
} {
  const [first, second] = buckets;
  const sizeMs = first && second ? Date.parse(second.at) - Date.parse(first.at) : MINUTE_MS;
  const format = Date.parse(until) - Date.parse(since) > 2 * DAY_MS ? DAY_AND_TIME : TIME;
  const points = buckets.map(({ at, delivered, failed, p95Ms }) => ({
    label: format.format(new Date(at)),
    delivered,
    failed,
    p95: p95Ms,
  }));
  return { points, each: lengthOf(sizeMs) };
}

function lengthOf(ms: number): string {
  for (const [unit, name] of [
    [DAY_MS, 'day'],
    [HOUR_MS, 'hour'],
    [MINUTE_MS, 'minute'],
  ] as const)
    if (ms >= unit) return ms === unit ? name : `${Math.round(ms / unit)} ${name}s`;
  return 'minute';
}

export interface Waiting {
  name: string;
  dead: number;
  held: number;
}

/** Where most waits for somebody. */
export function waitingByDestination(
  integrations: readonly IntegrationSummary[],
  known: readonly Pick<Integration, 'id' | 'name'>[],
): Waiting[] {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  return integrations
    .filter(({ dead, held }) => dead + held > 0)
    .toSorted((a, b) => b.dead + b.held - a.dead - a.held)
    .slice(0, MOST)
    .map(({ integrationId, dead, held }) => ({ name: names.get(integrationId) ?? '–', dead, held }));
}
