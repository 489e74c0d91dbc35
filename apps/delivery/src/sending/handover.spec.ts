import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inBackground } from '../../../../test/support/in-background.js';
import { buildOwnership } from '../ownership/build-ownership.suite.js';
import { Handover } from './handover.service.js';

let steps: string[];
let attempts: { unsettled: number };
let handover: Handover;
beforeEach(() => {
  steps = [];
  attempts = { unsettled: 0 };
  handover = new Handover(
    { hold: () => steps.push('hold'), goOn: () => steps.push('go on') },
    attempts,
    buildOwnership(),
  );
});
afterEach(() => {
  handover.end();
  vi.useRealTimers();
});

describe('a handover', () => {
  it('begins nothing new, and is done once the attempts in flight are on record', async () => {
    attempts.unsettled = 1;
    const done = inBackground(handover.begin().then(() => steps.push('done')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toEqual(['hold']);
    steps.push('on record');
    attempts.unsettled = 0;
    await done;
    handover.end();
    expect(steps).toEqual(['hold', 'on record', 'done', 'go on']);
  });

  it('does not wait for ever for a destination that hangs', async () => {
    attempts.unsettled = 1;
    await handover.begin();
    expect(steps).toEqual(['hold']);
  });

  it('goes on by itself where no join follows', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await handover.begin();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(steps).toEqual(['hold', 'go on']);
  });
});
