import { afterAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { expectInTime } from '../support/expect-in-time.js';
import { startReceiver, versionOf, type Receiver, type Received } from '../support/receiver.js';
import { Api } from './support/api.js';

const receivers: Receiver[] = [];
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
});

/** DELIVERY_TIMEOUT of the stack. */
const ATTEMPT_TIMEOUT_MS = 10_000;

const minorOf = (received: Received): number => Number(versionOf(received).split('.')[1]);

it(
  'a destination that hangs with a long backlog holds up nobody, and gets all of it in order once it answers',
  { timeout: 400_000 },
  async () => {
    const api = await Api.signIn();
    const project = await api.project();
    let stuck = true;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const hanging = await startReceiver(async () => {
      if (stuck) await gate;
      return 200;
    });
    const quick = await startReceiver();
    receivers.push(hanging, quick);
    const stuckHook = await api.webhook(hanging.url);
    for (let n = 0; n < 24; n += 1) await api.webhook(`${quick.url}/${n}`, { eventTypes: ['release.rollout_changed'] }); // some share its partition
    const total = 2_000;
    for (let from = 0; from < total; from += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => api.release(project.id, `1.${from + n}`, { environment: 'test' })),
      );
    const marker = await api.release(project.id, '2.0');

    let rollouts = 0;
    const slowest = await expectInTime(ATTEMPT_TIMEOUT_MS, async () => {
      rollouts += 1; // the first has all the releases before it to wait for
      const called = Date.now();
      await api.must('PATCH', `/releases/${marker.id}/rollout`, { rolloutPercentage: rollouts });
      await eventually(() => expect(quick.received).toHaveLength(24 * rollouts));
      return Math.max(...quick.received.map(({ at }) => at)) - called;
    }); // they waited for no attempt of the one that hangs
    console.log(
      `beside a hanging destination with ${total} waiting, the slowest of 24 others got its delivery after ${slowest.at(-1)} ms`,
    );
    await eventually(async () => expect((await api.integration(stuckHook.id)).counts!.pending).toBeGreaterThan(1_000));

    stuck = false;
    release();
    await eventually(() =>
      expect(new Set(hanging.received.map(({ headers }) => headers['webhook-id'])).size).toBe(total + 1 + rollouts),
    );
    await eventually(async () =>
      expect((await api.integration(stuckHook.id)).counts).toMatchObject({ pending: 0, dead: 0 }),
    );
    const firsts = hanging.received.filter(({ headers }) => headers['np-attempt'] === '1').map(minorOf);
    expect(firsts.length).toBeGreaterThan(total - 5);
    expect(new Set(firsts.slice(0, total)).size).toBe(total);
  },
);
