import { startSecuredStack, PREFIX, type Right, type SecuredStack } from '../support/secured-stack.js';
import { Publisher } from '#libs/kafka';
import { TOPICS } from '#libs/contracts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KafkaService } from '../../tools/docs/kafka-access.js';
import { Api, type Delivery } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf } from '../support/receiver.js';
import { receiversOfEachTest } from '../support/receivers.js';

const SERVICES: KafkaService[] = ['releases', 'integrations', 'delivery'];
let system: SecuredStack;
let others: string | undefined;

beforeAll(async () => {
  system = await startSecuredStack();
  const { gatewayUrl } = system.stack;
  others = process.env['TEST_STACK'];
  process.env['TEST_STACK'] = JSON.stringify({ gatewayUrl }); // whoever calls the API in this file calls this one
}, 300_000);
afterAll(async () => {
  process.env['TEST_STACK'] = others;
  await system?.stop();
});
const receive = receiversOfEachTest();

const statusOf = async (api: Api, version: string): Promise<Delivery> => {
  const found = (await api.deliveries()).find((delivery) => delivery.version === version);
  expect(found).toBeDefined();
  return found!;
};

describe('with SCRAM over TLS, the documented rights and no other, names with a prefix and topics made beforehand', () => {
  it(
    'carries a release, a retry, a dead letter, its drain, activity, a test and the live stream',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      let answer = 200;
      const receiver = await receive(() => answer);
      const hook = await api.webhook(receiver.url);
      const versions = (): string[] => receiver.received.map(versionOf);
      await api.release(project.id, '1.0.0');
      await eventually(() => expect(versions()).toEqual(['1.0.0']));

      answer = 500;
      await api.release(project.id, '1.1.0');
      await eventually(() => expect(versions().filter((version) => version === '1.1.0')).toHaveLength(1));
      answer = 200;
      await eventually(async () => expect((await statusOf(api, '1.1.0')).status).toBe('delivered'));
      expect((await statusOf(api, '1.1.0')).attemptCount).toBeGreaterThan(1);

      answer = 500;
      await api.release(project.id, '1.2.0');
      await eventually(async () => expect((await statusOf(api, '1.2.0')).status).toBe('dead'));
      answer = 200;
      await api.must('PATCH', `/integrations/${hook.id}`, { credentials: { url: `${receiver.url}/fixed` } });
      await eventually(async () => expect((await statusOf(api, '1.2.0')).status).toBe('delivered'));

      await api.must('POST', `/deliveries/${(await statusOf(api, '1.2.0')).id}/redeliver`);
      await eventually(async () =>
        expect(
          (await api.must<{ items: unknown[] }>('GET', '/activity?action=deliveries.redelivered')).items,
        ).toHaveLength(1),
      );

      const stream = await fetch(`${system.stack.gatewayUrl}/api/v1/deliveries/stream`, {
        headers: { authorization: `Bearer ${api.token}` },
      });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      await api.must('POST', `/integrations/${hook.id}/test`);
      let told = '';
      while (!told.includes('event: attempt')) told += (await reader.read()).value ?? '';
      await reader.cancel();
    },
  );

  it('sets aside what cannot be read, on every topic where that can be', { timeout: 400_000 }, async () => {
    const publisher = new Publisher(system.connection);
    const from = [TOPICS.releaseEvents, TOPICS.integrationState, TOPICS.projectState, TOPICS.deliveryRequested];
    const set = [
      TOPICS.releaseEventsDlq,
      TOPICS.integrationStateDlq,
      TOPICS.projectStateDlq,
      TOPICS.deliveryRequestedDlq,
    ];
    await publisher.connect();
    const admin = await system.connection.admin();
    const ends = async (topic: string): Promise<number> =>
      (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
    const before = await Promise.all(set.map(({ name }) => ends(name)));
    for (const { name } of from) await publisher.publish(name, { key: 'nobody', value: 'no JSON' });
    for (const [n, { name }] of set.entries())
      await eventually(async () => expect(await ends(name), name).toBeGreaterThan(before[n]!));
    await publisher.disconnect();
  });

  it('is ready, and was refused nothing but the settings of topics', async () => {
    for (const service of SERVICES) {
      await eventually(async () => expect((await system.ready(service)).status).toBe(200));
      expect(system.logged(service, 'kafka.refused')).toEqual([]);
      expect(system.logged(service, 'kafka.topic-settings-unreadable').length).toBeGreaterThan(0);
    }
  });
});

describe('with sslmode=verify-full and the file of an authority in DATABASE_URL', () => {
  it('every connection to PostgreSQL is encrypted: pools, relays and the listener of the queues', async () => {
    const client = new Client({ connectionString: system.stack.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ name: string; ssl: boolean }>(
      `SELECT DISTINCT application_name AS name, ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE application_name LIKE 'nitropush-%' ORDER BY 1`,
    );
    await client.end();
    expect(rows.filter(({ ssl }) => !ssl)).toEqual([]);
    const names = rows.map(({ name }) => name);
    for (const name of ['releases', 'releases-outbox', 'integrations', 'integrations-outbox', 'delivery'])
      expect(names).toContain(`nitropush-${name}`);
    expect(names.filter((name) => name.startsWith('nitropush-delivery')).length).toBeGreaterThan(1);
  });
});

describe('a right that is taken away', () => {
  const topic = (name: string, operation: Right['operation']): Right => ({ on: 'topic', name, operation });
  it.each<[KafkaService, Right]>([
    ['releases', topic('release.events', 'write')],
    ['delivery', topic('delivery.requested', 'write')],
    ['delivery', topic('release.events', 'read')],
    ['delivery', { on: 'group', name: 'delivery.routing', operation: 'read' }],
    ['delivery', topic('delivery.outcomes', 'write')],
  ])(
    'of %s makes it not ready, by one line that names it; given back, nothing is lost: %o',
    { timeout: 400_000 },
    async (service, right) => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive();
      await api.webhook(receiver.url);
      const lines = (): object[] => system.logged(service, 'kafka.refused');
      const before = lines().length;
      await system.forbid(service, right);
      try {
        await api.release(project.id, '2.0.0');
        await eventually(async () => {
          const { status, details } = await system.ready(service);
          expect([status, details['kafka-access']?.status]).toEqual([503, 'down']);
        });
        await eventually(() =>
          expect(lines().slice(before)).toEqual([
            expect.objectContaining({
              reason: expect.stringContaining(right.on) as string,
              check: expect.stringContaining('connect-to-kafka.md') as string,
            }),
          ]),
        );
        expect(JSON.stringify(lines().at(-1))).toContain(right.on === 'topic' ? PREFIX + right.name : right.name);
      } finally {
        await system.allow(service, right);
      }
      await eventually(() => expect(receiver.received.map(versionOf)).toContain('2.0.0'), { timeoutMs: 120_000 });
      await eventually(async () => expect((await system.ready(service)).status).toBe(200));
    },
  );

  it('a wrong password is one line without it, however often it is tried', { timeout: 400_000 }, async () => {
    const before = system.logged('releases', 'kafka.refused').length;
    await system.stack.restart('releases', { KAFKA_SASL_PASSWORD: 'hunter2-is-wrong' });
    await eventually(async () => {
      const { status, details } = await system.ready('releases');
      expect([status, details['kafka-access']?.status]).toEqual([503, 'down']);
    });
    const tried = system.logged('releases', 'kafka.client-logged').length;
    await eventually(() => expect(system.logged('releases', 'kafka.client-logged').length).toBeGreaterThan(tried + 10));
    const lines = system.logged('releases', 'kafka.refused').slice(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ check: expect.stringContaining('KAFKA_SASL_PASSWORD') as string });
    expect(JSON.stringify(system.logged('releases', 'kafka.client-logged'))).not.toContain('hunter2');
    const api = await Api.signIn();
    await api.project('Accepted while refused');
    await system.stack.restart('releases');
    await system.stack.allReady('releases');
  });
});
