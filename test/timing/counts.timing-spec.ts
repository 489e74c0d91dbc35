import { request } from 'node:http';
import { expect, it } from 'vitest';
import { instances } from '../support/control.js';
import { Api, stack } from '../e2e/support/api.js';
import { countsPath, type Counts } from '../support/count-requests.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';

const SERVICES = ['releases', 'integrations', 'delivery', 'gateway'] as const;
/** From then on an instance of `delivery` need not ask the ledger whether it made an attempt before. */
const SURE_OF_PARTITIONS_MS = 13_000;
const ONE_AT_A_TIME = 200;
const IN_FLIGHT = 64;
const MANY = 640;

/** The machine may have something else to do in some of them, so that more goes out alone. */
const WINDOWS = 3;

/** What goes out by the clock, at most: a second, and a release beside that. */
const BY_TIME: Record<string, { perSecond: number; perRelease: number }> = {
  'kafka Heartbeat': { perSecond: 15, perRelease: 0 },
  'kafka Metadata': { perSecond: 15, perRelease: 0 },
  'kafka OffsetCommit': { perSecond: 20, perRelease: 0 },
  'kafka Fetch': { perSecond: 15, perRelease: 3 },
  'sql outbox-next': { perSecond: 15, perRelease: 0 },
};

/** What a release costs at most, by what else is sent: fewer than one more than today, and room for how much goes together. */
const MOST_ALONE = { kafka: 4.4, sql: 2.8, bytes: 8_500 };
const MOST_OF_MANY = { kafka: 0.8, sql: 0.8, bytes: 6_200 };

/** What all services have sent up to now, by what it is. */
async function counts(): Promise<Counts> {
  const sum: Counts = {};
  for (const service of SERVICES) {
    const [first] = await instances(service);
    for (const [name, count] of Object.entries(await ask(countsPath(stack().dataDir, first!.pid!))))
      sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

function ask(socketPath: string): Promise<Counts> {
  return new Promise((resolve, reject) => {
    request({ socketPath, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(JSON.parse(text) as Counts));
    })
      .on('error', reject)
      .end();
  });
}

type Cost = typeof MOST_ALONE;

interface Window {
  cost: Cost;
  /** Names of `BY_TIME` of which there was more. */
  tooOften: string[];
  /** All of it, to be read where one is too much. */
  text: string;
}

/** What was sent while so many were released. */
async function measured(releases: number, work: () => Promise<void>): Promise<Window> {
  const before = await counts();
  const began = performance.now();
  await work();
  const after = await counts();
  const seconds = (performance.now() - began) / 1_000;
  const sent = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  const share = (kind: string): number =>
    sent.reduce((sum, [name, count]) => sum + (name.startsWith(kind) && !BY_TIME[name] ? count : 0), 0) / releases;
  const most = ({ perSecond, perRelease }: { perSecond: number; perRelease: number }): number =>
    perSecond * seconds + perRelease * releases;
  return {
    cost: { kafka: share('kafka '), sql: share('sql '), bytes: share('bytes') },
    tooOften: sent.filter(([name, count]) => BY_TIME[name] && count > most(BY_TIME[name])).map(([name]) => name),
    text: sent
      .filter(([, count]) => count / releases >= 0.01)
      .toSorted((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${(count / releases).toFixed(2)}`)
      .join(', '),
  };
}

const isMet = ({ cost, tooOften }: Window, most: Cost): boolean =>
  tooOften.length === 0 && cost.kafka <= most.kafka && cost.sql <= most.sql && cost.bytes <= most.bytes;

/** One window is enough: what is added to the program is in all of them. */
async function expectAtMost(most: Cost, measure: () => Promise<Window>): Promise<void> {
  const windows: Window[] = [];
  do windows.push(await measure());
  while (!isMet(windows.at(-1)!, most) && windows.length < WINDOWS);
  console.log(windows.map(({ text }) => text).join('\n'));
  const last = windows.at(-1)!;
  expect(
    isMet(last, most),
    `too often: ${last.tooOften.join(', ') || 'none'}; ${JSON.stringify(last.cost)}; ${last.text}`,
  ).toBe(true);
}

it('a release costs no more requests, statements and bytes than it does today', async () => {
  const arrived = new Set<unknown>();
  const receiver = await startReceiver(({ headers }) => {
    arrived.add(headers['webhook-id']);
    return 200;
  });
  const api = await Api.signIn();
  const project = await api.project();
  await api.webhook(receiver.url, { concurrency: 32 });
  let released = 0;
  const allArrived = (): Promise<void> =>
    eventually(() => expect(arrived.size).toBe(released), { everyMs: 5, timeoutMs: 120_000 });
  const release = (): Promise<unknown> => api.release(project.id, `1.0.${(released += 1)}`);
  const oneAtATime = async (): Promise<void> => {
    await release();
    await allArrived();
  };
  const manyAtOnce = async (count: number): Promise<void> => {
    const worker = async (): Promise<void> => {
      for (let n = 0; n < count / IN_FLIGHT; n += 1) await release();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    await allArrived();
  };

  const began = Date.now();
  while (Date.now() - began < SURE_OF_PARTITIONS_MS) await oneAtATime();
  await expectAtMost(MOST_ALONE, () =>
    measured(ONE_AT_A_TIME, async () => {
      for (let n = 0; n < ONE_AT_A_TIME; n += 1) await oneAtATime();
    }),
  );
  await expectAtMost(MOST_OF_MANY, () => measured(MANY, () => manyAtOnce(MANY)));
  await receiver.close();
});
