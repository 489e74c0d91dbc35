import { afterEach } from 'vitest';
import { startReceiver, type Answer, type Receiver } from './receiver.js';

/** Starts receivers for the tests of a file, and closes them after each: last of all where it is called before its own hooks. */
export function receiversOfEachTest(): (answer?: Answer) => Promise<Receiver> {
  const receivers: Receiver[] = [];
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.close();
  });
  return async (answer) => {
    const receiver = await startReceiver(answer);
    receivers.push(receiver);
    return receiver;
  };
}
