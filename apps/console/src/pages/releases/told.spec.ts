import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '../../api/types.js';
import { above } from './promotion.js';
import { changesIn, momentOf, tally } from './told.js';

const deliveries = (...statuses: DeliveryStatus[]) => statuses.map((status) => ({ status }));

describe('tally', () => {
  it('counts who has the message, and who has not', () => {
    expect(tally(deliveries('delivered', 'delivered', 'retrying', 'pending', 'dead', 'held', 'dropped'))).toEqual({
      all: 7,
      delivered: 2,
      waiting: 1,
      retrying: 1,
      dead: 1,
      held: 1,
      dropped: 1,
      settled: false,
    });
  });

  it('takes those whose delivery is not there yet as on the way', () => {
    expect(tally(deliveries('delivered'), 3)).toMatchObject({ all: 3, delivered: 1, waiting: 2, settled: false });
  });

  it('counts more than were expected, where a destination was connected meanwhile', () => {
    expect(tally(deliveries('delivered', 'delivered'), 1)).toMatchObject({ all: 2, waiting: 0, settled: true });
  });

  it.each<DeliveryStatus>(['delivered', 'dead', 'held', 'dropped'])('%s changes no more by itself', (status) => {
    expect(tally(deliveries(status)).settled).toBe(true);
  });
});

it('deliveries of one event are one change, the newest first', () => {
  const [first, second] = ['2026-01-01T10:00:00.000Z', '2026-01-01T11:00:00.000Z'];
  const told = [
    { eventId: 'a', createdAt: first },
    { eventId: 'b', createdAt: second },
    { eventId: 'a', createdAt: first },
  ];
  expect(changesIn(told).map(({ at }) => at)).toEqual([second, first]);
});

it('a moment is one millisecond long', () => {
  expect(momentOf('2026-01-01T10:00:00.999Z')).toEqual({
    since: '2026-01-01T10:00:00.999Z',
    until: '2026-01-01T10:00:01.000Z',
  });
});

it.each([
  ['test', ['stage', 'prod']],
  ['stage', ['prod']],
  ['prod', []],
] as const)('above %s', (from, targets) => {
  expect(above(from)).toEqual(targets);
});
