import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, type Integration } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Received, type Receiver } from '../support/receiver.js';
import { allReady, kill, signalService, startAnother, stopOthers } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';
import { inBackground } from '../support/in-background.js';

const receive = receiversOfEachTest();
afterEach(async () => {
  for (const service of ['delivery', 'releases', 'integrations'] as const) await stopOthers(service);
  await allReady();
});

/** So many that the partitions of each of a few instances are among them. */
const HOOKS = 24;

/** From then on an instance does not ask the ledger whether it made an attempt before. */
const SURE_OF_PARTITIONS_MS = 13_000;

/** Webhooks that each have a path of their own at the receiver. */
const hooks = (api: Api, url: string): Promise<Integration[]> =>
  Promise.all(Array.from({ length: HOOKS }, (_, n) => api.webhook(`${url}/${n}`, { name: `Webhook ${n}` })));

/** Versions as they first came, by the path that they came on. */
function firsts(received: Received[]): Record<string, string[]> {
  const byPath: Record<string, Set<string>> = {};
  for (const one of received) (byPath[one.path] ??= new Set()).add(versionOf(one));
  return Object.fromEntries(Object.entries(byPath).map(([path, versions]) => [path, [...versions]]));
}

/** What came more than once, by its path. */
function twice(received: Received[]): string[] {
  const seen = new Set<string>();
  return received.map((one) => `${one.path} ${versionOf(one)}`).filter((call) => seen.size === seen.add(call).size);
}

const all = (versions: string[]): Record<string, string[]> =>
  Object.fromEntries(Array.from({ length: HOOKS }, (_, n) => [`/${n}`, versions]));

async function releases(api: Api, projectId: string, versions: string[]): Promise<void> {
  for (const version of versions) await api.release(projectId, version);
}

/** A service that was killed answers again in a moment; the key makes it one release. */
async function createOnce(api: Api, projectId: string, version: string): Promise<void> {
  const release = { environment: 'prod', version };
  const key = { 'idempotency-key': `${projectId}:${version}` };
  const { status } = await api.call('POST', `/projects/${projectId}/releases`, release, key);
  expect(status).toBe(201);
}

/** A call that has just arrived is not on record yet, and not pending either: so they are counted. */
async function allOnRecord(api: Api, versions: string[]): Promise<void> {
  const due = HOOKS * versions.length;
  const delivered: unknown = expect.toSatisfy((count: number) => count >= due, `${due} or more`);
  await eventually(async () =>
    expect(await api.must('GET', '/deliveries/summary')).toMatchObject({
      totals: { pending: 0, retrying: 0, dead: 0, delivered },
    }),
  );
}

/** Of each webhook, in order. */
async function eachArrives(api: Api, { received }: Receiver, versions: string[]): Promise<void> {
  await eventually(() => expect(firsts(received)).toEqual(all(versions)));
  const due = HOOKS * versions.length;
  console.log(`${received.length - due} of ${due} came twice`);
  await allOnRecord(api, versions);
}

describe('more than one instance', () => {
  it('what waits behind a receiver that hangs is not lost where its partition goes to a new instance and comes back', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const hanging = new Set<string>();
    let letGo = (): void => undefined;
    const released = new Promise<void>((resolve) => (letGo = resolve));
    const receiver = await receive(async ({ path }) => {
      if (!hanging.has(path)) {
        hanging.add(path);
        await released;
      }
      await wait(300); // the new instance has not done everything by the time that it goes
      return 200;
    });
    await hooks(api, receiver.url);
    const versions = Array.from({ length: 9 }, (_, n) => `1.${n}`);
    await releases(api, project.id, versions);
    await eventually(() => expect(hanging.size).toBe(HOOKS));
    await startAnother('delivery');
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(HOOKS + 5));
    const moved = new Set(receiver.received.slice(HOOKS).map(({ path }) => path));
    await stopOthers('delivery');
    console.log(`${moved.size} of ${HOOKS} destinations went and came back after ${receiver.received.length} calls`);
    await eventually(() => {
      const arrived = firsts(receiver.received);
      for (const path of moved) expect(arrived[path]).toEqual(versions);
    });
    letGo();
    await eachArrives(api, receiver, versions);
  });

  it('instances come, die and go while releases are delivered: each arrives, in order', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(() => 200);
    await hooks(api, receiver.url);
    const versions = Array.from({ length: 150 }, (_, n) => `1.${n}`);
    let accepted = 0;
    const creating = inBackground(
      (async () => {
        for (const version of versions) {
          await eventually(() => createOnce(api, project.id, version), { everyMs: 200 });
          accepted += 1;
        }
      })(),
    );
    for (const service of ['delivery', 'releases', 'integrations'] as const) {
      await startAnother(service);
      await kill(service);
    }
    await stopOthers('delivery');
    await creating;
    expect(accepted).toBe(versions.length);
    await eachArrives(api, receiver, versions);
  });

  it('one that was frozen and wakes when others have done its work posts nothing of it again', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(() => 200);
    await hooks(api, receiver.url);
    await startAnother('delivery');
    const versions: string[] = [];
    const release = async (): Promise<void> => {
      versions.push(`1.${versions.length}`);
      await api.release(project.id, versions.at(-1)!);
    };
    const arrive = (): Promise<void> => eventually(() => expect(firsts(receiver.received)).toEqual(all(versions)));
    const shared = Date.now();
    while (Date.now() - shared < SURE_OF_PARTITIONS_MS) {
      await release();
      await arrive();
    }
    await allOnRecord(api, versions);
    await signalService('delivery', 'SIGSTOP', 2); // the answer to its fetch waits for it with the next records
    await release();
    await arrive();
    await allOnRecord(api, versions);
    await signalService('delivery', 'SIGCONT', 2);
    await allReady();
    await release();
    await arrive();
    await allOnRecord(api, versions);
    expect(twice(receiver.received)).toEqual([]);
  });

  it('dead letters, whichever instance is asked, are drained by those that have them: once each, in order', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(({ path }) => (path.startsWith('/stale') ? 500 : 200));
    const made = await hooks(api, `${receiver.url}/stale`);
    const versions = Array.from({ length: 10 }, (_, n) => `1.${n}`);
    await startAnother('delivery');
    await releases(api, project.id, versions);
    await eventually(
      async () =>
        expect(await api.must('GET', '/deliveries/summary')).toMatchObject({
          totals: { dead: HOOKS * versions.length, retrying: 0 },
        }),
      { everyMs: 200 },
    );
    const seen = receiver.received.length;
    expect(seen).toBe(HOOKS * versions.length * 3);
    const half = made.slice(0, HOOKS / 2);
    for (const [n, { id }] of half.entries())
      await api.must('PATCH', `/integrations/${id}`, { credentials: { url: `${receiver.url}/${n}` } });
    receiver.answerWith(() => 200);
    for (const { id } of made.slice(HOOKS / 2))
      await api.must('POST', '/deliveries/redeliver', { integrationId: id, statuses: ['dead'] });
    await eventually(() => expect(receiver.received.length - seen).toBe(HOOKS * versions.length));
    const drained = firsts(receiver.received.slice(seen));
    expect(Object.values(drained)).toEqual(Array.from({ length: HOOKS }, () => versions));
    await allOnRecord(api, versions);
  });
});
