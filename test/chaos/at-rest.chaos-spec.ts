import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { allReady } from './control.js';

const percentile = (values: number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * p) - 1]!;

it('a release arrives within 60 ms of the call when nothing else is going on', async () => {
  await allReady();
  const receiver = await startReceiver();
  const api = await Api.signIn();
  const project = await api.project();
  await api.webhook(receiver.url);
  const delays: number[] = [];
  for (let n = 0; n < 80; n += 1) {
    const called = Date.now();
    await api.release(project.id, `1.0.${n}`);
    await eventually(() => expect(receiver.received).toHaveLength(n + 1), { everyMs: 2 });
    delays.push(receiver.received[n]!.at - called);
  }
  const warm = delays.slice(20); // the first calls of a fresh process compile the code that they run
  console.log(`call to receiver, idle: p50 ${percentile(warm, 0.5)} ms, p95 ${percentile(warm, 0.95)} ms`);
  expect(percentile(warm, 0.95)).toBeLessThanOrEqual(60);
  await receiver.close();
});
