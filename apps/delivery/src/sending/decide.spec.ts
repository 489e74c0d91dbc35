import { describe, expect, it } from 'vitest';
import type { Seen } from '../ledger/ledger-entry.js';
import { decide, type Decision } from './decide.js';

const made: Seen['attempt'] = {
  outcome: 'failed',
  statusCode: 500,
  errorCode: 'server_error',
  error: 'x',
  startedAt: new Date(0),
  durationMs: 1,
};
const seen = (change: Partial<Seen>): Seen => ({
  keptAt: new Date(0),
  status: 'retrying',
  round: 1,
  roundAttempts: 1,
  queue: null,
  nextAttemptAt: null,
  credentialsVersion: 1,
  lastError: null,
  attempt: null,
  onlyPermanent: false,
  ...change,
});

describe('a request', () => {
  it.each<[string, number, number, Seen | undefined, Decision]>([
    ['of a delivery that is new', 1, 1, undefined, 'attempt'],
    ['marked as pending before it was slow', 1, 1, seen({ status: 'pending', roundAttempts: 0 }), 'attempt'],
    ['of a retry that is due', 1, 2, seen({}), 'attempt'],
    ['of an attempt that failed, nothing after it', 1, 1, seen({ attempt: made }), 'made'],
    [
      'of the attempt that delivered',
      1,
      1,
      seen({ status: 'delivered', attempt: { ...made, outcome: 'delivered' } }),
      'made',
    ],
    ['of the attempt that was the last', 1, 6, seen({ status: 'dead', roundAttempts: 6, attempt: made }), 'made'],
    ['of a delivery that died without a call', 1, 1, seen({ status: 'dead', roundAttempts: 0 }), 'made'],
    ['of an attempt with a later one', 1, 1, seen({ roundAttempts: 2, attempt: made }), 'over'],
    ['of a round that is over', 1, 3, seen({ round: 2, status: 'delivered' }), 'over'],
    ['of a redelivery that the ledger has not seen', 2, 1, seen({ status: 'dead', attempt: made }), 'attempt'],
    ['of a delivery that waits for the pump', 1, 1, seen({ status: 'pending', roundAttempts: 0, queue: 1 }), 'over'],
    ['of a held delivery', 1, 1, seen({ status: 'held', roundAttempts: 0 }), 'over'],
    ['of a dropped delivery', 1, 2, seen({ status: 'dropped' }), 'over'],
    [
      'of an attempt that was never made, the delivery delivered',
      1,
      3,
      seen({ status: 'delivered', roundAttempts: 2 }),
      'over',
    ],
  ])('%s', (_name, round, attempt, ledger, expected) => {
    expect(decide({ round, attempt }, ledger)).toBe(expected);
  });
});
