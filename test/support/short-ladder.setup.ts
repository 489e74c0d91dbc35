import { useShortLadder } from './short-ladder.js';
import { setup as setUpStack } from './stack.setup.js';

/** A system of its own with a short ladder. */
export function setup(): Promise<() => Promise<void>> {
  useShortLadder();
  return setUpStack();
}
