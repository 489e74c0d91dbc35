import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { allReady } from './control.js';

const percentile = (values: number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * p) - 1]!;

/** Calls that a fresh process compiles its code with. */
const WARM_UP = 20;
const WINDOW = 60;
/** The machine may have something else to do in one of them. */
const WINDOWS = 4;
const LIMIT_MS = 60;

it('a release arrives within 60 ms of the call when nothing else is going on', async () => {
  await allReady();
  const receiver = await startReceiver();
  const api = await Api.signIn();
  const project = await api.project();
  await api.webhook(receiver.url);
  let sent = 0;
  const delays = async (count: number): Promise<number[]> => {
    const found: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const called = Date.now();
      await api.release(project.id, `1.0.${sent}`);
      sent += 1;
      await eventually(() => expect(receiver.received).toHaveLength(sent), { everyMs: 2 });
      found.push(receiver.received.at(-1)!.at - called);
    }
    return found;
  };
  await delays(WARM_UP);
  const p95s: number[] = [];
  while (p95s.length < WINDOWS && !p95s.some((p95) => p95 <= LIMIT_MS)) {
    const window = await delays(WINDOW);
    p95s.push(percentile(window, 0.95));
    console.log(`call to receiver, idle: p50 ${percentile(window, 0.5)} ms, p95 ${percentile(window, 0.95)} ms`);
  }
  expect(Math.min(...p95s)).toBeLessThanOrEqual(LIMIT_MS);
  await receiver.close();
});
