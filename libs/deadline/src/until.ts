import { setTimeout as wait } from 'node:timers/promises';

export interface Asking {
  /** How long it is asked, in milliseconds. */
  withinMs: number;
  /** How long after each answer it is asked again, in milliseconds. */
  everyMs: number;
}

/**
 * Asks until the condition holds: for what nothing announces. False where it does not hold in time.
 * @throws what the condition throws
 */
export async function until(holds: () => boolean | Promise<boolean>, { withinMs, everyMs }: Asking): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= deadline) return false;
    await wait(everyMs);
  }
}
