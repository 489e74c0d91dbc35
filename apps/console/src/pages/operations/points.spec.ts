import { describe, expect, it } from 'vitest';
import { pointsOf, waitingByDestination } from './points.js';

const bucket = (at: string) => ({ at, delivered: 2, failed: 1, p95Ms: 40 });

describe('the points of a chart', () => {
  it.each([
    ['2026-01-01T10:01:00Z', 'minute'],
    ['2026-01-01T10:15:00Z', '15 minutes'],
    ['2026-01-01T11:00:00Z', 'hour'],
    ['2026-01-01T16:00:00Z', '6 hours'],
    ['2026-01-02T10:00:00Z', 'day'],
  ])('are as far apart as the buckets: up to %s each is a %s', (second, each) => {
    const buckets = [bucket('2026-01-01T10:00:00Z'), bucket(second)];
    const { points, each: said } = pointsOf({ buckets, since: buckets[0]!.at, until: second });
    expect(said).toBe(each);
    expect(points[0]).toMatchObject({ delivered: 2, failed: 1, p95: 40 });
  });

  it('name the day where there are several', () => {
    const buckets = [bucket('2026-01-01T10:00:00Z')];
    const of = (until: string) => pointsOf({ buckets, since: buckets[0]!.at, until }).points[0]!.label;
    expect(of('2026-01-01T11:00:00Z')).toMatch(/^\d\d:\d\d$/);
    expect(of('2026-01-08T10:00:00Z')).toMatch(/^\w{3},? \d\d:\d\d$/);
  });
});

it('what waits is listed by destination, the most first', () => {
  const quiet = { health: 'healthy' as const, delivered: 0, failed: 0, pending: 0, retrying: 0, p95Ms: 0 };
  const one = (integrationId: string, dead: number, held: number) => ({ ...quiet, integrationId, dead, held });
  const known = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ];
  expect(waitingByDestination([one('a', 1, 0), one('b', 1, 3), one('c', 0, 0)], known)).toEqual([
    { name: 'B', dead: 1, held: 3 },
    { name: 'A', dead: 1, held: 0 },
  ]);
});
