import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rounds } from './rounds.js';

const EVERY_MS = 1_000;
const pass = (rounds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(rounds * EVERY_MS);

let failures: unknown[];
beforeEach(() => {
  failures = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function begun(round: () => Promise<void>): Rounds {
  const rounds = new Rounds(round, (error) => void failures.push(error));
  rounds.start(EVERY_MS);
  return rounds;
}

describe('work that is done every so often', () => {
  it('is done after each interval until it is stopped', async () => {
    let done = 0;
    const rounds = begun(async () => void (done += 1));
    expect(done).toBe(0);
    await pass(3);
    rounds.stop();
    await pass(3);
    expect(done).toBe(3);
  });

  it('is done once at a time', async () => {
    let begins = 0;
    let end = (): void => undefined;
    const rounds = begun(() => {
      begins += 1;
      return new Promise((resolve) => (end = resolve));
    });
    await pass(5);
    expect(begins).toBe(1);
    end();
    await pass(1);
    expect(begins).toBe(2);
    rounds.stop();
  });

  it('goes on after a round that failed', async () => {
    const rounds = begun(() => Promise.reject(new Error('no')));
    await pass(2);
    rounds.stop();
    expect(failures).toEqual([new Error('no'), new Error('no')]);
  });

  it('has one timer, however often it is started', async () => {
    let done = 0;
    const rounds = begun(async () => void (done += 1));
    rounds.start(EVERY_MS);
    await pass(1);
    rounds.stop();
    expect(done).toBe(1);
  });
});
