import { setTimeout as wait } from 'node:timers/promises';

export interface EventuallyOptions {
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Asks until the check no longer throws, and answers what it answered; after the time, throws what it threw last. The time
 * is long, for a machine that does other things: it ends a test that would wait for ever and asserts nothing.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 90_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(everyMs);
    }
  }
}
