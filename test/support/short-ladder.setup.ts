import { setup as setUpStack } from './stack.setup.js';

/** A system of its own with a ladder so short that dead letters can be made in seconds. */
export function setup(): Promise<() => Promise<void>> {
  process.env['DELIVERY_RETRY_DELAYS'] = '1s,2s';
  return setUpStack();
}
