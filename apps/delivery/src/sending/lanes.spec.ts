import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueueEvents } from '../ledger/queue-events.js';
import { buildOwnership } from '../ownership/build-ownership.suite.js';
import { Lanes } from './lanes.service.js';

const LOOK_MS = 250;

let now: number;
let parked: string[];
let lanes: Lanes;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  now = 1_000_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  parked = [];
  lanes = new Lanes({ of: () => 1 }, buildOwnership(), new QueueEvents());
});
afterEach(() => {
  lanes.onApplicationShutdown();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += LOOK_MS) {
    now += LOOK_MS;
    vi.advanceTimersByTime(LOOK_MS);
  }
}

/** Their destination never answers. */
function arrive(count: number): void {
  for (let number = 0; number < count; number += 1)
    lanes.arrive('a', { run: () => new Promise(() => undefined), park: () => void parked.push(`d${number}`) });
}

describe('what waits for a destination', () => {
  it('is parked where the destination is slow', () => {
    arrive(12);
    pass(2_000);
    expect(parked).toHaveLength(11);
  });

  it('stays where it is while the group is being joined, however long that takes', () => {
    lanes.hold();
    arrive(12);
    pass(8_000);
    expect(parked).toEqual([]);
  });

  it('is judged by its pace from then on', () => {
    arrive(1);
    lanes.hold();
    arrive(12);
    pass(8_000);
    lanes.goOn();
    pass(LOOK_MS);
    expect(parked).toEqual([]);
    pass(2_000);
    expect(parked).toHaveLength(12);
  });
});
