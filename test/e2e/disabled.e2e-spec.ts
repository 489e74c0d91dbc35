import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, versionOf, type Receiver } from '../support/receiver.js';
import { Api, type Delivery, type Integration } from './support/api.js';

let receiver: Receiver;
beforeAll(async () => (receiver = await startReceiver()));
afterAll(() => receiver.close());

const at = (path: string): string[] => receiver.received.filter((request) => request.path === path).map(versionOf);

/** A disabled integration with three releases held. */
async function paused(path: string): Promise<{ api: Api; hook: Integration; projectId: string }> {
  const api = await Api.signIn();
  const project = await api.project();
  const hook = await api.webhook(`${receiver.url}${path}`);
  await api.must('PATCH', `/integrations/${hook.id}`, { enabled: false });
  for (const version of ['1.0', '1.1', '1.2']) await api.release(project.id, version);
  await eventually(async () =>
    expect((await api.integration(hook.id)).counts).toEqual({ pending: 0, retrying: 0, dead: 0, held: 3 }),
  );
  expect(at(path)).toEqual([]);
  return { api, hook, projectId: project.id };
}

it('holds what arrives while it is disabled, and delivers it after enabling when asked', async () => {
  const { api, hook, projectId } = await paused('/held');
  await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
  await api.release(projectId, '2.0');
  await eventually(() => expect(at('/held')).toEqual(['2.0'])); // no flood: the held ones wait to be asked for
  expect(await api.must('POST', '/deliveries/redeliver', { integrationId: hook.id, statuses: ['held'] })).toEqual({
    count: 3,
  });
  await eventually(() => expect(at('/held')).toEqual(['2.0', '1.0', '1.1', '1.2']));
  await eventually(async () =>
    expect((await api.deliveries({ integrationId: hook.id })).map(({ status }) => status)).toEqual(
      Array(4).fill('delivered'),
    ),
  );
});

it('drops them when asked to', async () => {
  const { api, hook } = await paused('/discarded');
  await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
  expect(await api.must('POST', '/deliveries/discard', { integrationId: hook.id, statuses: ['held'] })).toEqual({
    count: 3,
  });
  expect((await api.integration(hook.id)).counts).toEqual({ pending: 0, retrying: 0, dead: 0, held: 0 });
  expect((await api.deliveries({ integrationId: hook.id })).map(({ status }) => status)).toEqual(
    Array(3).fill('dropped'),
  );
  expect(at('/discarded')).toEqual([]);
});

it('waits with what is redelivered while it is disabled', async () => {
  const { api, hook } = await paused('/waits');
  expect(await api.must('POST', '/deliveries/redeliver', { integrationId: hook.id, statuses: ['held'] })).toEqual({
    count: 3,
  });
  expect((await api.integration(hook.id)).counts).toMatchObject({ pending: 3, held: 0 });
  expect(at('/waits')).toEqual([]);
  await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
  await eventually(() => expect(at('/waits')).toEqual(['1.0', '1.1', '1.2']));
});

it('drops what waits for an integration that is deleted', async () => {
  const { api, hook, projectId } = await paused('/deleted');
  expect((await api.call('DELETE', `/integrations/${hook.id}`)).status).toBe(204);
  expect((await api.call('GET', `/integrations/${hook.id}`)).status).toBe(404);
  await api.release(projectId, '3.0');
  const later = await api.webhook(`${receiver.url}/after-deletion`);
  await api.must('POST', `/integrations/${later.id}/test`);
  // the release before it may be routed late enough to reach it as well
  await eventually(() =>
    expect(receiver.received.some(({ path, body }) => path === '/after-deletion' && body.includes('"test":true'))).toBe(
      true,
    ),
  );
  expect(at('/deleted')).toEqual([]);
});

describe('in the middle of a round of retries', () => {
  /** The receiver refuses once the integration was changed so: by the time that the attempt has ended, it is. */
  async function changedMeanwhile(
    ...enabled: boolean[]
  ): Promise<{ api: Api; hook: Integration; id: string; at: Receiver }> {
    const api = await Api.signIn();
    let hook: Integration | undefined;
    const at = await startReceiver(async () => {
      for (const one of at.received.length === 1 ? enabled : [])
        await api.must('PATCH', `/integrations/${hook!.id}`, { enabled: one });
      return at.received.length === 1 ? 500 : 200;
    });
    onTestFinished(() => at.close());
    hook = await api.webhook(at.url);
    await api.release((await api.project()).id, '1.0');
    const [{ id }] = await eventually(async () => {
      const deliveries = await api.deliveries();
      expect(deliveries).toMatchObject([{ attemptCount: 1 }]);
      return deliveries as [Delivery];
    });
    return { api, hook, id, at };
  }

  it('a retry that comes due while the integration is disabled is held, and its round goes on record', async () => {
    const { api, hook, id, at } = await changedMeanwhile(false);
    await eventually(async () => expect((await api.delivery(id)).status).toBe('held'));
    expect(at.received).toHaveLength(1);
    expect(await api.integration(hook.id)).toMatchObject({ counts: { retrying: 0, held: 1 } });
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    expect((await api.delivery(id)).status).toBe('held'); // nobody asked for it
    await api.must('POST', '/deliveries/redeliver', { integrationId: hook.id, statuses: ['held'] });
    await eventually(async () => expect((await api.delivery(id)).status).toBe('delivered'));
    expect((await api.delivery(id)).attempts).toMatchObject([
      { round: 1, number: 1, outcome: 'failed' },
      { round: 2, number: 1, outcome: 'delivered' },
    ]);
    expect(at.received).toHaveLength(2);
  });

  it('a pause that is over before the retry is due changes nothing', async () => {
    const { api, id, at } = await changedMeanwhile(false, true);
    await eventually(async () => expect((await api.delivery(id)).status).toBe('delivered'));
    expect((await api.delivery(id)).attempts).toMatchObject([
      { round: 1, number: 1, outcome: 'failed' },
      { round: 1, number: 2, outcome: 'delivered' },
    ]);
    expect(at.received).toHaveLength(2);
  });
});
