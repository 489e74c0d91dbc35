import { setTimeout as wait } from 'node:timers/promises';

export interface EventuallyOptions {
  timeoutMs?: number;
  /** A pause of its own, e.g. where a moment must not be missed. */
  everyMs?: number;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 250;

/**
 * Asks until the check no longer throws, and answers what it answered; after the time, throws what it threw last. The time
 * is long, for a machine that does other things: it ends a test that would wait for ever and asserts nothing. What takes long
 * is asked more and more seldom: asking costs the machine what the product needs.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 90_000, everyMs }: EventuallyOptions = {},
): Promise<T> {
  const began = Date.now();
  for (;;) {
    try {
      return await check();
    } catch (error) {
      const sinceMs = Date.now() - began;
      if (sinceMs > timeoutMs) throw error;
      await wait(everyMs ?? Math.min(Math.max(FIRST_PAUSE_MS, sinceMs / 10), LONGEST_PAUSE_MS));
    }
  }
}
