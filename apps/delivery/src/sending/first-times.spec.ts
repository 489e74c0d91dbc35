import { describe, expect, it } from 'vitest';
import { uuidv7, type DeliveryRequested } from '#libs/contracts';
import { buildReleaseEvent } from '../providers/build-attempt-request.suite.js';
import { FirstTimes } from './first-times.service.js';

const ASSIGNED = Date.parse('2026-11-27T12:00:00.000Z');
const MINUTE = 60_000;
const SECOND = 1_000;

/** An instance that got its partitions at `ASSIGNED`, two minutes ago. */
function instance() {
  let changed: () => void = () => undefined;
  const state = { now: ASSIGNED, owned: true, isCertain: true, keepsUp: true };
  const ownership = {
    has: () => state.owned,
    get isCertain() {
      return state.isCertain;
    },
    onChange: (listener: () => void) => void (changed = listener),
  };
  const ledger = {
    get keepsUp() {
      return state.keepsUp;
    },
  };
  const firstTimes = new FirstTimes(ownership, ledger, { now: () => state.now });
  const assign = (): void => changed();
  assign();
  state.now = ASSIGNED + 2 * MINUTE;
  return { firstTimes, state, assign };
}

/** Of an event that was accepted a second ago. */
function request(more: Partial<DeliveryRequested> = {}, at = ASSIGNED + 2 * MINUTE - SECOND): DeliveryRequested {
  return {
    deliveryId: uuidv7(),
    integrationId: uuidv7(),
    round: 1,
    attempt: 1,
    test: false,
    integrationVersion: 1,
    event: buildReleaseEvent({ time: new Date(at).toISOString() }),
    ...more,
  };
}

describe('a request', () => {
  it('of an event since its partition is ours comes for the first time, and not for a second', () => {
    const { firstTimes } = instance();
    const one = request();
    expect([firstTimes.take(one), firstTimes.take(one)]).toEqual([true, false]);
  });

  it.each<[string, Partial<DeliveryRequested>, number]>([
    ['of a later attempt', { attempt: 2 }, 0],
    ['of a later round', { round: 2 }, 0],
    ['of a test', { test: true }, 0],
    ['of an event that may have been here under another time', { recordedAt: '2026-11-27T12:01:59.000Z' }, 0],
    ['of an event from before our partitions', {}, ASSIGNED - MINUTE],
    ['of an event that may be from before, as far as clocks differ', {}, ASSIGNED + 9 * SECOND],
    ['of an event long ago', {}, ASSIGNED + 30 * SECOND],
    ['of an event of a clock that is ahead', {}, ASSIGNED + 2 * MINUTE + 5 * SECOND],
    ['of an event without a time', { event: buildReleaseEvent({ time: 'x' }) }, 0],
  ])('%s may come again', (_, more, at) => {
    expect(instance().firstTimes.take(request(more, at || undefined))).toBe(false);
  });

  it.each(['owned', 'isCertain', 'keepsUp'] as const)(
    'may come again where not %s, and what is taken then counts',
    (fact) => {
      const { firstTimes, state } = instance();
      const one = request();
      state[fact] = false;
      expect(firstTimes.take(one)).toBe(false);
      state[fact] = true;
      expect([firstTimes.take(one), firstTimes.take(request())]).toEqual([false, true]);
    },
  );

  it('may come again after partitions came or went', () => {
    const { firstTimes, state, assign } = instance();
    assign();
    expect(firstTimes.take(request())).toBe(false);
    state.now += MINUTE;
    expect(firstTimes.take(request({}, state.now))).toBe(true);
  });

  it('may come again while the clock of a publisher is known to be ahead', () => {
    const { firstTimes, state } = instance();
    firstTimes.take(request({}, state.now + MINUTE));
    expect(firstTimes.take(request())).toBe(false);
    state.now += 2 * MINUTE;
    expect(firstTimes.take(request({}, state.now))).toBe(true);
  });

  it('may come again where so many came since that it is forgotten', () => {
    const { firstTimes, state } = instance();
    const at = state.now - 30 * SECOND;
    const one = request({}, at);
    expect(firstTimes.take(one)).toBe(true);
    for (let n = 0; n < 60_000; n += 1) firstTimes.take(request({}, at));
    expect([firstTimes.take(one), firstTimes.take(request())]).toEqual([false, true]);
  });
});
