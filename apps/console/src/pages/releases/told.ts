import type { Delivery, DeliveryStatus, EventType } from '../../api/types.js';

/** One thing that happened to a release. */
export interface Happening {
  type: EventType;
  at: string;
}

export interface Tally {
  /** How many destinations hear of it at all. */
  all: number;
  delivered: number;
  waiting: number;
  retrying: number;
  dead: number;
  held: number;
  dropped: number;
  /** Nothing more happens by itself. */
  settled: boolean;
}

type Outcome = Pick<Delivery, 'status'>;

/** How one message fares everywhere. `expected`: how many destinations were to hear of it; whose delivery is not there yet is on the way. */
export function tally(deliveries: readonly Outcome[], expected = 0): Tally {
  const count = (status: DeliveryStatus): number => deliveries.filter((one) => one.status === status).length;
  const all = Math.max(expected, deliveries.length);
  const waiting = count('pending') + all - deliveries.length;
  const retrying = count('retrying');
  return {
    all,
    delivered: count('delivered'),
    waiting,
    retrying,
    dead: count('dead'),
    held: count('held'),
    dropped: count('dropped'),
    settled: waiting + retrying === 0,
  };
}

/** The changes of the rollout that somebody heard of, newest first. */
export function changesIn(deliveries: readonly Pick<Delivery, 'eventId' | 'createdAt'>[]): Happening[] {
  const times = new Map(deliveries.map(({ eventId, createdAt }) => [eventId, createdAt]));
  return [...times.values()]
    .sort((a, b) => Date.parse(b) - Date.parse(a))
    .map((at) => ({ type: 'release.rollout_changed', at }));
}

/** An event's own millisecond, as a filter of deliveries. */
export const momentOf = (at: string): { since: string; until: string } => ({
  since: at,
  until: new Date(Date.parse(at) + 1).toISOString(),
});
