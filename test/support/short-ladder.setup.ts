import { setup as setUpStack } from './stack.setup.js';

/** A system of its own with a ladder so short that dead letters can be made in seconds, and destinations that fail for good after some. */
export function setup(): Promise<() => Promise<void>> {
  process.env['DELIVERY_RETRY_DELAYS'] = '1s,2s';
  process.env['DESTINATION_FAILING_AFTER'] = '6s';
  return setUpStack();
}
