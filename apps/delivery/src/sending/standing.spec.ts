import { describe, expect, it } from 'vitest';
import type { Health } from '#libs/contracts';
import { failedAttempt } from '../providers/outcome.js';
import type { AttemptOutcome } from '../providers/provider.js';
import { Standing, type EndedAttempt } from './standing.js';

const TOOK: AttemptOutcome = { kind: 'delivered', statusCode: 200, responseBody: null };
const REFUSED = failedAttempt('credentials_revoked', { error: '', ownSign: false });
const OWN_SIGN = failedAttempt('credentials_revoked', { error: '' });
const REJECTED = failedAttempt('message_rejected', { error: '' });
const DOWN = failedAttempt('server_error', { error: '' });

const of = (message: string, outcome: AttemptOutcome, more: Partial<EndedAttempt> = {}): EndedAttempt => ({
  deliveryId: message,
  test: false,
  outcome,
  lastOfRound: false,
  onlyPermanent: true,
  roundBeganAt: 100,
  endedAt: 200,
  ...more,
});
const last = { lastOfRound: true };
const test = { test: true, lastOfRound: true };

const ROWS: [string, EndedAttempt[], Health][] = [
  ['takes a message', [of('a', TOOK)], 'healthy'],
  ['refuses one', [of('a', REFUSED)], 'failing'],
  ['refuses one for a whole round', [of('a', REFUSED), of('a', REFUSED, last)], 'failing'],
  [
    'refuses one for two rounds',
    [of('a', REFUSED, last), of('a', REFUSED, { ...last, roundBeganAt: 300, endedAt: 400 })],
    'failing',
  ],
  ['refuses one for a whole round, and another', [of('b', REFUSED), of('a', REFUSED, last)], 'needs_reconnect'],
  ['refuses the tries of two', [of('a', REFUSED), of('b', REFUSED), of('a', REFUSED)], 'failing'],
  ['refuses one, after one that had all its tries', [of('a', REFUSED, last), of('b', REFUSED)], 'failing'],
  [
    'refuses two for whole rounds, far apart',
    [of('a', REFUSED, last), of('b', REFUSED, { ...last, roundBeganAt: 9_000, endedAt: 9_100 })],
    'needs_reconnect',
  ],
  ['refuses tests', [of('a', REFUSED, test), of('b', REFUSED, test), of('c', REFUSED, test)], 'failing'],
  ['refuses a release and then a test', [of('a', REFUSED, last), of('b', REFUSED, test)], 'needs_reconnect'],
  ['refuses a test and then a release', [of('b', REFUSED, test), of('a', REFUSED, last)], 'needs_reconnect'],
  ['refuses a release now and then a test', [of('a', REFUSED), of('b', REFUSED, test)], 'failing'],
  [
    'refuses two, and takes one before their rounds are over',
    [of('a', REFUSED), of('b', REFUSED), of('c', TOOK), of('a', REFUSED, last), of('b', REFUSED, last)],
    'healthy',
  ],
  [
    'took one after the round of a began, and refuses b for a whole round that began later',
    [of('c', TOOK), of('a', REFUSED, last), of('b', REFUSED, { ...last, roundBeganAt: 201, endedAt: 300 })],
    'failing',
  ],
  ['took one since the round of the one that it rejects began', [of('c', TOOK), of('a', REJECTED, last)], 'healthy'],
  ['took one, and rejects the next', [of('c', TOOK), of('a', REJECTED, { ...last, roundBeganAt: 201 })], 'failing'],
  ['took one, and is down', [of('c', TOOK), of('a', DOWN)], 'failing'],
  [
    'is down for one, and then refuses it',
    [of('a', DOWN), of('b', REFUSED), of('a', REFUSED, { ...last, onlyPermanent: false })],
    'failing',
  ],
  ['says itself that it is gone', [of('a', OWN_SIGN, last)], 'needs_reconnect'],
  ['says so itself, and not for a whole round', [of('a', OWN_SIGN)], 'failing'],
  ['says so itself to a test', [of('a', OWN_SIGN, test)], 'failing'],
  ['says so itself, and took another meanwhile', [of('c', TOOK), of('a', OWN_SIGN, last)], 'healthy'],
  [
    'refuses a round whose beginning nobody knows',
    [of('b', REFUSED), of('a', REFUSED, { ...last, roundBeganAt: 0 })],
    'failing',
  ],
  ['needs to be reconnected, and fails otherwise', [of('a', OWN_SIGN, last), of('b', DOWN)], 'needs_reconnect'],
  ['needs to be reconnected, and takes one', [of('a', OWN_SIGN, last), of('b', TOOK)], 'healthy'],
];

describe('a destination that', () => {
  it.each(ROWS)('%s', (_what, attempts, health) => {
    const standing = new Standing(null, 50);
    let now: Health | null = null;
    for (const attempt of attempts) now = standing.after(attempt);
    expect(now).toBe(health);
  });

  it('was known to another instance is not judged by rounds that began there', () => {
    const standing = new Standing('healthy', 150);
    expect(standing.after(of('a', OWN_SIGN, last))).toBe('healthy');
    expect(standing.after(of('b', REFUSED, last))).toBe('healthy');
    expect(standing.after(of('c', REFUSED, { ...last, roundBeganAt: 151 }))).toBe('failing');
    expect(standing.after(of('d', REFUSED, { ...last, roundBeganAt: 151 }))).toBe('needs_reconnect');
  });

  it('has been failing since then is judged by what it refused meanwhile, too', () => {
    const standing = new Standing('failing', 50, ['before']);
    expect(standing.after(of('before', REFUSED, { ...last, roundBeganAt: 60 }))).toBe('failing');
    expect(standing.after(of('a', REFUSED, { ...last, roundBeganAt: 60 }))).toBe('needs_reconnect');
  });
});
