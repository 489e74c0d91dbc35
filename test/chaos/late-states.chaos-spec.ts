import { partitionFor } from '#libs/kafka'; // before the client, parts of which it replaces
import kafkajs, { type Admin, type Consumer } from 'kafkajs';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { CLOCKS_DIFFER_MS } from '../../apps/delivery/src/routing/late-states.js';
import { Api, stack, type Project } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { inBackground } from '../support/in-background.js';
import { limitRecords } from '../support/record-limit.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, kill } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

/** Of the relay, in the database of each service. */
const LOCK = 4_120_114;

const receive = receiversOfEachTest();
const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
let holding: Client | undefined;
afterEach(async () => {
  await letStatesGo(); // also where a test broke off
  await takeRecordsOf(1_048_588);
  await allReady();
});

/** Nothing that is saved from now on reaches `integration.state`: the relay of the integrations waits for its lock. */
async function holdStates(): Promise<void> {
  holding = new Client({ connectionString: stack().databaseUrls['integrations']!, application_name: 'psql' });
  await holding.connect();
  const locked = inBackground(holding.query('SELECT pg_advisory_lock($1)', [LOCK]));
  await kill('integrations');
  await locked;
  await eventually(async () => {
    const { status } = await fetch(`http://127.0.0.1:${stack().ports['integrations']}/health/serving`);
    expect(status).toBe(200);
  });
}

async function letStatesGo(): Promise<void> {
  await holding?.end();
  holding = undefined;
}

/** `integration.state` refuses larger records for good. */
const takeRecordsOf = (bytes: number): Promise<void> =>
  limitRecords(kafka, { topic: 'integration.state', bytes, policy: 'compact' });

async function setAside(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${stack().ports['integrations']}/metrics`)).text();
  return Number(/^outbox_set_aside\S* (\S+)$/m.exec(text)?.[1] ?? NaN);
}

async function rerouted(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${stack().ports['delivery']}/metrics`)).text();
  return Number(/^routing_rerouted_total\S* (\S+)$/m.exec(text)?.[1] ?? NaN);
}

/** Whoever gets a part of the events, and does nothing with it, keeps routing from them. */
async function takePartOfRouting(): Promise<{ consumer: Consumer; partitions: number[] }> {
  const consumer = kafka.consumer({ groupId: 'delivery.routing' });
  let partitions: number[] = [];
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    partitions = payload.memberAssignment['release.events'] ?? [];
  });
  await consumer.connect();
  await consumer.subscribe({ topic: 'release.events' });
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() });
  await eventually(() => expect(partitions.length).toBeGreaterThan(0));
  return { consumer, partitions };
}

async function projectOn(api: Api, partitions: number[]): Promise<Project> {
  const count = await partitionsOf('release.events');
  for (;;) {
    const project = await api.project();
    if (partitions.includes(partitionFor(project.id, count))) return project;
  }
}

async function withAdmin<T>(ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}
const groups = (): Promise<string[]> =>
  withAdmin(async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId));
const partitionsOf = (topic: string): Promise<number> =>
  withAdmin(async (admin) => (await admin.fetchTopicOffsets(topic)).length);

/** As they first came. */
const firsts = ({ received }: Receiver): string[] => [...new Set(received.map(versionOf))];

/** Releases of shortly before the save may come, too, since clocks differ. */
const BEFORE = '0.1';
const versions = (receiver: Receiver): string[] =>
  receiver.received
    .map(versionOf)
    .filter((version) => version !== BEFORE)
    .toSorted();

async function release(api: Api, project: Project, ...all: string[]): Promise<void> {
  for (const version of all) await api.release(project.id, version);
}

describe('an integration is saved while its state cannot reach Kafka, and releases are routed before it does', () => {
  it('each release since then is posted, and once', async () => {
    const api = await Api.signIn();
    const [project, other] = [await api.project(), await api.project('Other')];
    const [known, made, moved] = [await receive(), await receive(), await receive()];
    await api.webhook(known.url);
    const { id } = await api.webhook(moved.url, { projectId: other.id });
    await release(api, project, BEFORE);
    await eventually(() => expect(known.received).toHaveLength(1));
    await holdStates();
    await api.webhook(made.url);
    await api.must('PATCH', `/integrations/${id}`, { projectId: project.id });
    const since = ['1.1', '1.2', '1.3'];
    await release(api, project, ...since);
    await eventually(() => expect(versions(known)).toEqual(since));
    expect([made, moved].map(versions)).toEqual([[], []]);
    const before = await rerouted();
    await letStatesGo();
    await eventually(() => expect([made, moved].map(versions)).toEqual([since, since]));
    expect(await rerouted()).toBeGreaterThanOrEqual(before + 6);
    await release(api, project, '2.1');
    const all = [...since, '2.1'];
    await eventually(() => expect([known, made, moved].map(versions)).toEqual([all, all, all]));
  });

  it('so it is where delivery dies before the state comes', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const [known, made] = [await receive(), await receive()];
    await api.webhook(known.url);
    await holdStates();
    await api.webhook(made.url);
    await release(api, project, '1.1', '1.2');
    await eventually(() => expect(versions(known)).toEqual(['1.1', '1.2']));
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(2));
    await kill('delivery');
    await letStatesGo();
    await eventually(() => expect(versions(made)).toEqual(['1.1', '1.2']));
    await release(api, project, '2.1');
    const all = ['1.1', '1.2', '2.1'];
    await eventually(() => expect([known, made].map(versions)).toEqual([all, all]));
  });

  it('nothing of it comes ahead of releases that are not routed yet', async () => {
    const api = await Api.signIn();
    const made = await receive();
    const { id } = await api.webhook(made.url);
    await api.must('PATCH', `/integrations/${id}`, { name: 'Known' });
    const { consumer, partitions } = await takePartOfRouting();
    const project = await projectOn(api, partitions);
    await holdStates();
    const began = Date.now();
    const all: string[] = [];
    const releaseNext = async (): Promise<void> => {
      all.push(`1.${all.length}`);
      await api.release(project.id, all.at(-1)!);
    };
    while (Date.now() - began < 1.2 * CLOCKS_DIFFER_MS) await releaseNext();
    await api.must('PATCH', `/integrations/${id}`, { name: 'Late' });
    await releaseNext();
    await letStatesGo();
    await eventually(async () =>
      expect(await groups()).toContainEqual(expect.stringMatching(/^delivery\.late-events/)),
    );
    await consumer.disconnect();
    await eventually(() => expect(firsts(made)).toHaveLength(all.length));
    expect(firsts(made)).toEqual(all);
  });

  it('so it is where Kafka refused the state, and its owner publishes it again', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const [known, made] = [await receive(), await receive()];
    await api.webhook(known.url);
    await takeRecordsOf(300);
    await api.webhook(made.url);
    await eventually(async () => expect(await setAside()).toBe(1));
    await release(api, project, '1.1', '1.2');
    await eventually(() => expect(versions(known)).toEqual(['1.1', '1.2']));
    expect(versions(made)).toEqual([]);
    await takeRecordsOf(1_048_588);
    await kill('integrations'); // it compares its table with the topic at its start, and every five minutes
    await eventually(() => expect(versions(made)).toEqual(['1.1', '1.2']));
  });
});
