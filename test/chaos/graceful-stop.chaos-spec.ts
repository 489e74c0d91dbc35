import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, stack, type Answer } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { inBackground } from '../support/in-background.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, restartService, signalService, startAnother, stopOthers } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.end();
  await stopOthers('delivery');
  await allReady();
});

const CALLS = 5;

/** Calls that each wait for the same lock, in a transaction of their own, until it is let go. */
async function callsThatWait(api: Api): Promise<{ answers: Promise<Answer>[]; letGo: () => Promise<unknown> }> {
  const projects = await Promise.all(Array.from({ length: CALLS }, () => api.project()));
  const [holder, watcher] = await Promise.all([session('releases'), session('releases')]);
  await holder.query('BEGIN; LOCK TABLE projects IN SHARE MODE');
  const answers = projects.map(({ id }) => inBackground(api.call('PATCH', `/projects/${id}`, { name: 'Renamed' })));
  await eventually(async () => {
    const { rows } = await watcher.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'projects'::regclass`);
    expect(rows).toHaveLength(CALLS);
  });
  return { answers, letGo: () => holder.query('COMMIT') };
}

async function session(service: string): Promise<Client> {
  const client = new Client({ connectionString: stack().databaseUrls[service] });
  await client.connect();
  open.push(client);
  return client;
}

async function probe(port: number, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/health/${path}`);
  await response.arrayBuffer();
  return response.status;
}

const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status);

/** Lines that a service has logged since the given number of them. */
function logOf(service: string): string[] {
  return readFileSync(join(stack().logsDir, `${service}.log`), 'utf8').split('\n');
}

const versions = ({ received }: Receiver): string[] => received.map(versionOf).sort();

describe('a graceful stop', () => {
  it('of releases: the probes turn first, and each call in flight gets its answer', async () => {
    await restartService('releases', { SHUTDOWN_DELAY: '1s' });
    const api = await Api.signIn();
    const { answers, letGo } = await callsThatWait(api);
    const port = stack().ports['releases']!;
    await signalService('releases', 'SIGTERM');
    await eventually(async () => expect(await probe(port, 'serving')).toBe(503), { everyMs: 5 });
    expect([await probe(port, 'ready'), await probe(port, 'live')]).toEqual([503, 200]);
    await eventually(() => expect(probe(port, 'live')).rejects.toThrow('fetch failed')); // no new connection is taken
    await letGo();
    expect(statuses(await Promise.all(answers))).toEqual(Array(CALLS).fill(200));
    await restartService('releases');
    const { items } = await api.must<{ items: { name: string }[] }>('GET', '/projects');
    expect(items.map(({ name }) => name)).toEqual(Array(CALLS).fill('Renamed'));
  });

  it('of the gateway: calls that it passes on get their answers, and streams end', async () => {
    const api = await Api.signIn();
    const stream = await fetch(`${stack().gatewayUrl}/api/v1/deliveries/stream`, {
      headers: { authorization: `Bearer ${api.token}` },
    });
    const streamed = inBackground(stream.text());
    const { answers, letGo } = await callsThatWait(api);
    await signalService('gateway', 'SIGTERM');
    expect(await streamed).toContain('retry: 1000'); // it ended, and was not cut
    await letGo();
    const answered = await Promise.all(answers);
    expect(statuses(answered)).toEqual(Array(CALLS).fill(200));
    expect(answered[0]!.headers.get('connection')).toBe('close');
  });

  it('of delivery: what waits for its turn begins no attempt, and is delivered in order by the next start', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    let [open, most] = [0, 0];
    const receiver = await receive(async () => {
      open += 1;
      most = Math.max(most, open);
      await wait(700); // long enough for the others to wait behind it
      open -= 1;
      return 200;
    });
    await api.webhook(receiver.url);
    const count = 6;
    for (let n = 0; n < count; n += 1) await api.release(project.id, `1.${n}`);
    await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(1));
    await signalService('delivery', 'SIGTERM');
    await eventually(() => expect(receiver.received).toHaveLength(count));
    expect(most).toBe(1);
    expect(receiver.received.map(versionOf)).toEqual(Array.from({ length: count }, (_, n) => `1.${n}`));
  });

  it('of delivery: what the pump has in flight is posted once, and no error is logged', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    let slow = false;
    const receiver = await receive(async () => {
      if (!slow) return 500;
      await wait(1_500); // longer than the stop of anything that does not wait for it
      return 200;
    });
    const hook = await api.webhook(receiver.url, { concurrency: 16 });
    const count = 32;
    await Promise.all(Array.from({ length: count }, (_, n) => api.release(project.id, `1.${n}`)));
    await eventually(async () =>
      expect((await api.integration(hook.id)).counts).toMatchObject({ dead: count, retrying: 0 }),
    );
    slow = true;
    receiver.received.length = 0;
    const logged = logOf('delivery').length;
    await api.must('POST', '/deliveries/redeliver', { integrationId: hook.id, statuses: ['dead'] });
    await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(16));
    await signalService('delivery', 'SIGTERM');
    await eventually(() => expect(new Set(versions(receiver)).size).toBe(count));
    await eventually(async () =>
      expect((await api.integration(hook.id)).counts).toMatchObject({ pending: 0, dead: 0, retrying: 0 }),
    );
    expect(versions(receiver)).toEqual([...new Set(versions(receiver))]);
    expect(
      logOf('delivery')
        .slice(logged)
        .filter((line) => line.includes('"level":"error"')),
    ).toEqual([]);
  });
});

const HOOKS = 24;

describe('a new instance of delivery', () => {
  it('takes partitions over whose attempts are in flight: none is posted twice', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(async () => {
      await wait(1_500);
      return 200;
    });
    await Promise.all(Array.from({ length: HOOKS }, (_, n) => api.webhook(`${receiver.url}/${n}`)));
    let joined = false;
    const joining = inBackground(startAnother('delivery').finally(() => (joined = true)));
    let count = 0;
    for (let left = 3; left > 0; left -= joined ? 1 : 0) {
      await api.release(project.id, `1.${count}`);
      count += 1;
      await eventually(() => expect(receiver.received.length).toBeGreaterThan((count - 2) * HOOKS)); // one more waits at most
    }
    await joining;
    const due = HOOKS * count;
    await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(due));
    await eventually(async () =>
      expect(await api.must('GET', '/deliveries/summary')).toMatchObject({
        totals: { pending: 0, retrying: 0, dead: 0, delivered: due },
      }),
    );
    console.log(`${receiver.received.length - due} of ${due} came twice`);
    expect(receiver.received.length).toBe(due);
  });
});
