import type { Schema } from '../api/client.js';

interface Outcomes {
  delivered: number;
  failed: number;
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);

export const operationsTexts = {
  title: 'Operations',
  lead: 'Delivery health, live',
  span: 'Time',
  spans: { '1h': 'Last hour', '24h': '24 hours', '7d': '7 days' },
  delivered: 'Delivered',
  open: { pending: 'Waiting', retrying: 'Retrying', dead: 'Dead letters', held: 'Held' },
  list: (status: string) => `List what is ${status.toLowerCase()}`,
  p50: 'Median (p50)',
  p95: 'p95',
  p99: 'p99',
  charts: {
    /** Without a place to break the line. */
    ms: (value: number) => `${value.toLocaleString('en')}\u00a0ms`,
    outcomes: (each: string) => `Attempts per ${each}, by outcome`,
    outcomesTold: (points: Outcomes[]) =>
      `${sum(points.map(({ delivered }) => delivered))} delivered, ${sum(points.map(({ failed }) => failed))} failed`,
    failed: 'Failed',
    latency: (each: string) => `Response time (p95) per ${each}`,
    latencyTold: ({ p50, p95, p99 }: Schema<'LatencyPercentiles'>) =>
      `Over all: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`,
    p95: 'p95',
    waiting: 'Needs action, by destination',
    waitingTold: (rows: { name: string; dead: number; held: number }[]) =>
      rows.map(({ name, dead, held }) => `${name}: ${dead} dead letters, ${held} held`).join('; '),
    nothing: 'Nothing was sent in this time. Create a release, or choose a longer time.',
  },
  attention: 'Destinations that need attention',
  calm: 'Every destination is fine',
  columns: {
    name: 'Destination',
    health: 'Health',
    waiting: 'Waiting',
    retrying: 'Retrying',
    dead: 'Dead letters',
    held: 'Held',
  },
  waitingFor: {
    dead: (count: number, name: string) => `${count} dead letters for ${name}`,
    held: (count: number, name: string) => `${count} held for ${name}`,
  },
};
