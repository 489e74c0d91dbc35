import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, restartService, startServer, startService, stopService, wipeKafka } from '../support/control.js';
import { backUp, compared, emptyTable, restoreDatabase } from '../support/databases.js';
import { receiversOfEachTest } from '../support/receivers.js';

const run = promisify(execFile);
const receive = receiversOfEachTest();
afterEach(async () => {
  await startServer('kafka');
  for (const service of ['releases', 'integrations', 'delivery'] as const) await startService(service); // also where a test broke off
  await allReady();
});

const versions = (receiver: Receiver): string[] => receiver.received.map(versionOf);
const once = (receiver: Receiver): string[] => [...new Set(versions(receiver))];
const numbered = (count: number, major: number): string[] => Array.from({ length: count }, (_, n) => `${major}.${n}`);

/** As docs/how-to/restore.md says. */
async function resend(since: Date): Promise<string> {
  const program = 'dist/apps/releases/src/event-resend/events.js';
  const env = { PATH: process.env['PATH'], DATABASE_URL: stack().databaseUrls['releases']! };
  return (await run(process.execPath, [program, 'resend', '--since', since.toISOString()], { env })).stdout;
}

describe('a database is restored to an earlier time:', () => {
  it('that of integrations: the API tells what is sent, and changes are sent again', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const [old, newer, b, c, newest] = await Promise.all([receive(), receive(), receive(), receive(), receive()]);
    const a = await api.webhook(old.url);
    const kept = await api.webhook(b.url);
    await backUp('integrations');
    for (const path of ['/1', '/2', '/3'])
      await api.must('PATCH', `/integrations/${a.id}`, { credentials: { url: `${newer.url}${path}` } });
    const lost = await api.webhook(c.url);
    await api.must('DELETE', `/integrations/${kept.id}`);
    await api.release(project.id, '1.0');
    await eventually(() => expect([versions(newer), versions(c)]).toEqual([['1.0'], ['1.0']]));

    await stopService('integrations');
    await restoreDatabase('integrations');
    await startService('integrations');
    await compared('integrations');
    expect((await api.call('GET', `/integrations/${lost.id}`)).status).toBe(404);
    await api.release(project.id, '2.0');
    await eventually(() => expect([versions(old), versions(b)]).toEqual([['2.0'], ['2.0']]));
    expect([versions(newer), versions(c)]).toEqual([['1.0'], ['1.0']]);

    await api.must('PATCH', `/integrations/${a.id}`, { credentials: { url: newest.url } });
    await api.must('PATCH', `/integrations/${kept.id}`, { enabled: false });
    await api.release(project.id, '3.0');
    await eventually(() => expect(versions(newest)).toEqual(['3.0']));
    await eventually(async () => expect((await api.integration(kept.id)).counts).toMatchObject({ held: 1 }));
    expect([versions(old), versions(b), versions(c)]).toEqual([['2.0'], ['2.0'], ['1.0']]);
  });

  it(
    'that of integrations, started before its restore: the topic keeps all states until they are back',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const [first, second] = await Promise.all([receive(), receive()]);
      for (const { url } of [first, second]) await api.webhook(url);
      await backUp('integrations');
      await stopService('integrations');
      await emptyTable('integrations', 'integrations');
      await restartService('integrations', {}, { ready: false });
      await eventually(async () => expect(await notReady('integrations')).toEqual(['state-topic']));
      await api.release(project.id, '1.0');
      await eventually(() => expect([versions(first), versions(second)]).toEqual([['1.0'], ['1.0']]));

      await stopService('integrations');
      await restoreDatabase('integrations');
      await startService('integrations');
      await compared('integrations');
      await api.release(project.id, '2.0');
      await eventually(() => expect([versions(first)[1], versions(second)[1]]).toEqual(['2.0', '2.0']));
    },
  );

  it(
    'that of releases: projects are known as it has them, and what it releases is delivered',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project('Before');
      const receiver = await receive();
      await api.webhook(receiver.url);
      await backUp('releases');
      const after = await api.project('After');
      await api.must('PATCH', `/projects/${project.id}`, { name: 'Renamed' });
      await api.release(project.id, '1.0');
      await eventually(() => expect(versions(receiver)).toEqual(['1.0']));

      await stopService('releases');
      await restoreDatabase('releases');
      await startService('releases');
      await compared('releases');
      expect((await api.call('POST', '/integrations', hookOn(after.id, receiver))).status).toBe(422);
      expect((await api.call('POST', '/integrations', hookOn(project.id, receiver))).status).toBe(201);
      await api.release(project.id, '1.0'); // it is not in the table any more: another release
      await eventually(() => expect(versions(receiver)).toEqual(['1.0', '1.0', '1.0']));
    },
  );

  it('that of delivery: nothing that is accepted is missing after a resend', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive();
    await api.webhook(receiver.url);
    await api.release(project.id, '0.1');
    await eventually(() => expect(versions(receiver)).toEqual(['0.1']));
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(1));
    await backUp('delivery');
    const since = new Date();
    for (const version of numbered(5, 1)) await api.release(project.id, version);
    await eventually(() => expect(versions(receiver)).toHaveLength(6));

    await stopService('delivery');
    await restoreDatabase('delivery');
    await startService('delivery');
    expect(await api.deliveries()).toHaveLength(1);
    expect(await resend(since)).toMatch(/^[5-9]\d* events are sent again\.\n$/);
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(6));
    expect(once(receiver)).toEqual(['0.1', ...numbered(5, 1)]);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(6); // what comes twice has the id that it had
  });
});

describe('Kafka is lost whole:', () => {
  it(
    'states come back by themselves, and events by a resend that posts nothing twice',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const [receiver, other] = await Promise.all([receive(), receive()]);
      const hook = await api.webhook(receiver.url);
      await api.release(project.id, '0.1');
      await eventually(() => expect(versions(receiver)).toEqual(['0.1']));
      const since = new Date();
      await stopService('delivery'); // what is published now is not routed before it is lost
      for (const version of numbered(5, 1)) await api.release(project.id, version);
      await eventually(async () => expect(await waitingIn('releases')).toBe(0));

      await wipeKafka();
      await startService('delivery');
      await allReady();
      await api.release(project.id, '2.0');
      await eventually(() => expect(versions(receiver)).toEqual(['0.1', '2.0']));
      expect(await resend(since)).toMatch(/^[6-9]\d* events are sent again\.\n$/);
      await eventually(() => expect(versions(receiver).toSorted()).toEqual(['0.1', ...numbered(5, 1), '2.0']));
      await api.must('PATCH', `/integrations/${hook.id}`, { enabled: false });
      await api.must('POST', '/integrations', hookOn(project.id, other));
      await api.release(project.id, '3.0');
      await eventually(() => expect(versions(other)).toEqual(['3.0']));
      expect(versions(receiver)).toHaveLength(7);
    },
  );
});

const hookOn = (projectId: string, { url }: Receiver): object => ({
  provider: 'webhook',
  name: 'Of one project',
  projectId,
  credentials: { url },
});

/** The checks of `/health/ready` that do not hold. */
async function notReady(service: string): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${stack().ports[service]}/health/ready`);
  return Object.keys(((await answer.json()) as { error?: object }).error ?? {});
}

async function waitingIn(service: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${stack().ports[service]}/metrics`)).text();
  return Number(/^outbox_pending\S* (\S+)$/m.exec(text)?.[1] ?? NaN);
}
