import { afterEach, describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, kill } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';
import { inBackground } from '../support/in-background.js';

const receive = receiversOfEachTest();
afterEach(async () => {
  await allReady();
});

const versions = (receiver: Receiver): string[] => receiver.received.map(versionOf);

/** Ids of deliveries that are on record as delivered: a few at least, the newest hundred at most. */
const recorded = (api: Api): Promise<string[]> =>
  eventually(async () => {
    const found = await api.deliveries({ status: 'delivered' });
    expect(found.length).toBeGreaterThan(0);
    return found.map(({ id }) => id);
  });

/** How often each was posted. */
const postsOf = (ids: string[], { received }: Pick<Receiver, 'received'>): number[] =>
  ids.map((id) => received.filter(({ headers }) => headers['webhook-id'] === id).length);

/** Creates so many releases, some at a time. */
async function releases(api: Api, projectId: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += 25) {
    await Promise.all(
      Array.from({ length: Math.min(25, count - from) }, (_, n) => api.release(projectId, `1.${from + n}`)),
    );
  }
}

describe('kill -9', () => {
  it(
    'of delivery amid 1,000 deliveries loses none, and repeats only what was in flight',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return 200;
      });
      await api.webhook(receiver.url, { concurrency: 8 });
      const creating = inBackground(releases(api, project.id, 1_000));
      await eventually(() => expect(receiver.received.length).toBeGreaterThan(300), { everyMs: 2 });
      const known = await recorded(api);
      await kill('delivery');
      await creating;
      await eventually(() => expect(new Set(versions(receiver)).size).toBe(1_000));
      console.log(`${receiver.received.length - 1_000} of 1,000 came twice`);
      expect(postsOf(known, receiver)).toEqual(known.map(() => 1)); // how many others were on record by then depends on the disk
      await eventually(async () =>
        expect(await api.must('GET', '/deliveries/summary')).toMatchObject({
          totals: { pending: 0, retrying: 0, dead: 0 },
        }),
      );
    },
  );

  it('of delivery half-way through a drain goes on where it stopped, in order', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(async ({ path }) => {
      if (path === '/stale') return 500;
      await new Promise((resolve) => setTimeout(resolve, 20)); // slow enough to be killed in between
      return 200;
    });
    const hook = await api.webhook(`${receiver.url}/stale`);
    const count = 200;
    for (let n = 0; n < count; n += 1) await api.release(project.id, `1.${n}`); // one after the other: their order is known
    await eventually(
      async () => expect((await api.integration(hook.id)).counts).toMatchObject({ dead: count, retrying: 0 }),
      { everyMs: 200 },
    );
    const drained = (): string[] => receiver.received.filter(({ path }) => path === '/fresh').map(versionOf);
    await api.must('PATCH', `/integrations/${hook.id}`, { credentials: { url: `${receiver.url}/fresh` } });
    await eventually(() => expect(drained().length).toBeGreaterThan(50), { everyMs: 5 });
    const known = await recorded(api);
    await kill('delivery');
    await eventually(() => expect(new Set(drained()).size).toBe(count));
    expect([...new Set(drained())]).toEqual(Array.from({ length: count }, (_, n) => `1.${n}`));
    const posts = receiver.received.filter(({ path }) => path === '/fresh');
    expect(postsOf(known, { received: posts })).toEqual(known.map(() => 1)); // not from the beginning
    await eventually(async () =>
      expect((await api.integration(hook.id)).counts).toMatchObject({ pending: 0, dead: 0 }),
    );
  });

  it('of releases and integrations loses nothing that was accepted', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(() => 200);
    await api.webhook(receiver.url, { concurrency: 8 });
    const accepted: string[] = [];
    const creating = inBackground(
      (async () => {
        for (let n = 0; n < 300; n += 1) {
          const { status } = await api.call('POST', `/projects/${project.id}/releases`, {
            environment: 'prod',
            version: `1.${n}`,
          });
          if (status === 201) accepted.push(`1.${n}`);
          else expect([503, 504, 502]).toContain(status);
        }
      })(),
    );
    await eventually(() => expect(accepted.length).toBeGreaterThan(50), { everyMs: 2 });
    await kill('releases');
    await kill('integrations');
    await creating;
    await eventually(() => expect([...new Set(versions(receiver))]).toEqual(expect.arrayContaining(accepted)));
  });
});
