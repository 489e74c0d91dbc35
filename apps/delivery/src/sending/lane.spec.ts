import { describe, expect, it } from 'vitest';
import { Lane, type Job } from './lane.js';

/** Jobs that begin, end and are parked as a test says, and a list of what became of them. */
function jobs(): { job: (name: string, fed?: boolean) => Job; end: (name: string) => Promise<void>; seen: string[] } {
  const seen: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    seen,
    job: (name, fromLedger = false) => ({
      run: () => {
        seen.push(`began ${name}`);
        return new Promise((resolve) => ends.set(name, resolve));
      },
      ...(!fromLedger && { park: () => void seen.push(`parked ${name}`) }),
    }),
    end: async (name) => {
      ends.get(name)!();
      await Promise.resolve(); // the lane hears of it
      await Promise.resolve();
    },
  };
}

describe('a lane', () => {
  it('begins one at a time, in order', async () => {
    const { job, end, seen } = jobs();
    const lane = new Lane(() => 1);
    for (const name of ['a', 'b', 'c']) lane.push(job(name));
    expect([seen, lane.waiting]).toEqual([['began a'], 2]);
    await end('a');
    expect(seen).toEqual(['began a', 'began b']);
  });

  it('lets go of what waits at once, without waiting for what is in flight', async () => {
    const { job, end, seen } = jobs();
    const lane = new Lane(() => 1);
    for (const name of ['a', 'b', 'c']) lane.push(job(name));
    lane.drop();
    expect([seen, lane.waiting]).toEqual([['began a', 'began b', 'began c'], 0]);
    await end('a');
    expect(lane.idle).toBe(true);
  });

  it('parks what waits only here, and goes on with what came from the ledger', async () => {
    const { job, end, seen } = jobs();
    const lane = new Lane(() => 1);
    lane.push(job('a'));
    lane.push(job('b'));
    lane.push(job('fed', true));
    lane.push(job('c'));
    expect(lane.load.waiting).toBe(2);
    lane.park();
    expect(seen).toEqual(['began a', 'parked b', 'parked c']);
    expect([lane.parked, lane.waiting, lane.load.waiting]).toEqual([true, 1, 0]);
    await end('a');
    expect(seen.at(-1)).toBe('began fed');
  });

  it('counts as busy from the first job until the last has ended', async () => {
    const { job, end } = jobs();
    let now = 0;
    const lane = new Lane(
      () => 1,
      () => now,
    );
    lane.push(job('a'));
    lane.push(job('b'));
    now = 1_500;
    expect(lane.load).toMatchObject({ busyForMs: 1_500, oldestForMs: 1_500, ratePerSecond: 0 });
    await end('a');
    now = 2_500;
    expect(lane.load).toMatchObject({ busyForMs: 2_500, oldestForMs: 1_000 });
    await end('b');
    expect([lane.load.busyForMs, lane.idle]).toEqual([0, true]);
    lane.push(job('c'));
    expect(lane.load.busyForMs).toBe(0);
  });
});
