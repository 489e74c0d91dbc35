import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, versionOf, type Receiver } from '../support/receiver.js';
import { Api, type Delivery } from './support/api.js';

let receiver: Receiver;
beforeAll(async () => (receiver = await startReceiver(({ path }) => (path.startsWith('/fails') ? 500 : 200))));
afterAll(() => receiver.close());

const at = (path: string): Receiver['received'] => receiver.received.filter((request) => request.path === path);
const LADDER_S = [0, 5, 15, 35, 75, 155];

describe.concurrent('a receiver that fails', () => {
  it(
    'is tried at 0, 5, 15, 35, 75 and 155 s, then it is a dead letter; fresh credentials deliver all of them in order',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const hook = await api.webhook(`${receiver.url}/fails-at-first`);
      for (let n = 0; n < 5; n += 1) await api.release(project.id, `1.0.${n}`);
      await eventually(
        async () => expect((await api.integration(hook.id)).counts).toMatchObject({ dead: 5, retrying: 0 }),
        { timeoutMs: 200_000, everyMs: 500 },
      );

      const deliveries = await api.deliveries({ integrationId: hook.id, status: 'dead' });
      expect(deliveries).toHaveLength(5);
      const late: number[][] = [];
      for (const { id } of deliveries) late.push(await ladder(api, id));
      // half a second late at most on a machine that has time, twice that on a busy one: each step was so for one of the five
      for (const step of LADDER_S.keys())
        expect(Math.min(...late.map((seconds) => seconds[step]!)), `step ${step}`).toBeLessThanOrEqual(1);
      const integration = await api.integration(hook.id);
      expect(integration).toMatchObject({
        enabled: true,
        health: 'failing',
        counts: { pending: 0, retrying: 0, dead: 5, held: 0 },
      });

      const before = at('/fails-at-first').length;
      await api.must('PATCH', `/integrations/${hook.id}`, { credentials: { url: `${receiver.url}/works-now` } });
      await eventually(() => expect(at('/works-now')).toHaveLength(5));
      expect(at('/works-now').map(versionOf)).toEqual(['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4']);
      expect(at('/fails-at-first')).toHaveLength(before);
      await eventually(async () =>
        expect((await api.integration(hook.id)).counts).toEqual({ pending: 0, retrying: 0, dead: 0, held: 0 }),
      );
      expect(await api.integration(hook.id)).toMatchObject({ health: 'healthy' });
      const redelivered = await api.delivery(deliveries[0]!.id);
      expect(redelivered).toMatchObject({ status: 'delivered', round: 2, attemptCount: 7 });
      expect(redelivered.attempts.at(-1)).toMatchObject({ round: 2, number: 1, outcome: 'delivered', statusCode: 200 });
    },
  );

  it('that answers Retry-After waits for the first delay that covers it', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const limited = await startReceiver(
      (_request, response) => void response.writeHead(429, { 'retry-after': '8' }).end(),
    );
    await api.webhook(`${limited.url}/limited`);
    await api.release(project.id, '1.0.0');
    const [delivery] = (await eventually(async () => {
      const found = await api.deliveries({ status: 'retrying' });
      expect(found).toHaveLength(1);
      return found;
    })) as [Delivery & { nextAttemptAt: string }];
    const { attempts } = await api.delivery(delivery.id);
    expect(attempts[0]).toMatchObject({ statusCode: 429, errorCode: 'rate_limited' });
    const waited = Date.parse(delivery.nextAttemptAt) - Date.parse(attempts[0]!.startedAt);
    const { durationMs } = attempts[0]!;
    expect(waited).toBeGreaterThanOrEqual(10_000);
    expect(waited - durationMs).toBeLessThan(10_500);
    expect((await api.call('POST', `/deliveries/${delivery.id}/redeliver`)).status).toBe(409);
    await limited.close();
  });

  it(
    'for good, two messages for a whole round, is called no more until a test succeeds',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      let status = 410;
      const gone = await startReceiver(() => status);
      const calls = (version: string): number => gone.received.filter((one) => versionOf(one) === version).length;
      const hook = await api.webhook(`${gone.url}/gone`);
      for (const version of ['1.0.0', '1.0.1']) await api.release(project.id, version);
      await eventually(async () => expect((await api.integration(hook.id)).health).toBe('needs_reconnect'), {
        timeoutMs: 200_000,
        everyMs: 500,
      });
      expect(calls('1.0.0')).toBe(6);
      await api.release(project.id, '1.0.2');
      await eventually(async () =>
        expect(
          (await api.deliveries({ status: 'dead' })).map(({ version, lastErrorCode }) => [version, lastErrorCode]),
        ).toEqual([
          ['1.0.2', 'needs_reconnect'],
          ['1.0.1', expect.any(String)],
          ['1.0.0', 'destination_missing'],
        ]),
      );
      expect(calls('1.0.2')).toBe(0);
      status = 200;
      await api.must('POST', `/integrations/${hook.id}/test`);
      await eventually(async () => expect((await api.integration(hook.id)).health).toBe('healthy'));
      await api.release(project.id, '1.0.3');
      await eventually(() => expect(calls('1.0.3')).toBe(1));
      const { count } = await api.must<{ count: number }>('POST', '/deliveries/redeliver', {
        integrationId: hook.id,
        statuses: ['dead'],
      });
      expect(count).toBe(3);
      await eventually(() => expect(calls('1.0.2')).toBe(1));
      await eventually(async () => expect(await api.deliveries({ status: 'dead' })).toEqual([]));
      await gone.close();
    },
  );
});

/** Every attempt is there with its answer, each with the same webhook-id, and none early. Answers how late each was, in seconds. */
async function ladder(api: Api, id: string): Promise<number[]> {
  const { attempts, attemptCount, lastErrorCode } = await api.delivery(id);
  expect([attemptCount, lastErrorCode]).toEqual([6, 'server_error']);
  const posts = at('/fails-at-first').filter(({ headers }) => headers['webhook-id'] === id);
  expect(posts).toHaveLength(6);
  for (const [index, attempt] of attempts.entries()) {
    expect(attempt).toMatchObject({
      number: index + 1,
      round: 1,
      outcome: 'failed',
      statusCode: 500,
      errorCode: 'server_error',
      responseBody: 'answered 500',
      responseHeaders: { 'content-type': 'text/plain' },
    });
    expect(attempt.error).toMatch(/\w+ \w+/);
  }
  const begins = attempts.map(({ startedAt }) => Date.parse(startedAt));
  const late = begins.map((begin, index) => (begin - begins[0]!) / 1000 - LADDER_S[index]!);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  return late;
}
