import '#libs/kafka'; // before the client, parts of which it replaces
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { everyRecord } from '../e2e/support/every-record.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, kill } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';
import { inBackground } from '../support/in-background.js';

const run = promisify(execFile);
const receive = receiversOfEachTest();
afterEach(() => allReady());

const LOCK = 4_120_114;
const versions = (receiver: Receiver): string[] => receiver.received.map(versionOf);
const numbered = (count: number, major: number): string[] => Array.from({ length: count }, (_, n) => `${major}.${n}`);

async function readyOf(service: string): Promise<{ status: number; down: string[] }> {
  const response = await fetch(`http://127.0.0.1:${stack().ports[service]}/health/ready`);
  const { details = {} } = (await response.json()) as { details?: Record<string, { status: string }> };
  const down = Object.entries(details).filter(([, { status }]) => status !== 'up');
  return { status: response.status, down: down.map(([name]) => name) };
}

async function pendingOf(service: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${stack().ports[service]}/metrics`)).text();
  return Number(/^outbox_pending\S* (\S+)$/m.exec(text)?.[1] ?? NaN);
}

async function deleteTopic(topic: string): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}

describe('the lock of the relay is held by somebody at a prompt', () => {
  it(
    'what is accepted waits, ready and a line say so, and all goes out once it is let go',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive();
      await api.webhook(receiver.url);
      const psql = new Client({ connectionString: stack().databaseUrls['releases']!, application_name: 'psql' });
      await psql.connect();
      const locked = inBackground(psql.query('SELECT pg_advisory_lock($1)', [LOCK]));
      await kill('releases');
      await locked;
      await eventually(async () => expect(await readyOf('releases')).toEqual({ status: 503, down: ['outbox'] }));
      for (const version of numbered(3, 1)) await api.release(project.id, version);
      expect(await pendingOf('releases')).toBe(3);
      await eventually(async () => {
        const lines = await readFile(join(stack().logsDir, 'releases.log'), 'utf8');
        expect(lines).toMatch(/"lock":\{[^}]*"application":"psql"[^\n]*"event":"outbox.nobody-publishes"/);
      });
      expect(versions(receiver)).toEqual([]);
      await psql.end();
      await eventually(() => expect(versions(receiver)).toEqual(numbered(3, 1)));
      await eventually(async () => expect(await readyOf('releases')).toEqual({ status: 200, down: [] }));
      expect(await pendingOf('releases')).toBe(0);
    },
  );
});

describe('project.state is deleted', () => {
  it(
    'releases go out as before and once each, the topic is back by itself with every project',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive();
      await api.webhook(receiver.url);
      await api.release(project.id, '0.0');
      await eventually(() => expect(versions(receiver)).toEqual(['0.0']));
      await deleteTopic('project.state');
      const later = await api.project('Later');
      for (const version of numbered(10, 1)) await api.release(project.id, version);
      await eventually(() => expect(versions(receiver)).toHaveLength(11));
      await eventually(async () => expect(await pendingOf('releases')).toBe(0));
      const records = await eventually(async () => {
        const all = await everyRecord('project.state', 'release.events');
        const keys = all.filter(({ topic }) => topic === 'project.state').map(({ key }) => key);
        expect(keys).toEqual(expect.arrayContaining([project.id, later.id, 'complete']));
        return all;
      });
      const events = records.filter(({ topic, key }) => topic === 'release.events' && key === project.id);
      expect(events).toHaveLength(11); // each once
    },
  );
});

describe('integration.state is deleted', () => {
  it(
    'the topic is back by itself with every integration, and releases meanwhile are not lost',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive();
      await api.webhook(receiver.url);
      await deleteTopic('integration.state');
      for (const version of numbered(10, 1)) await api.release(project.id, version);
      await eventually(() => expect(versions(receiver)).toEqual(numbered(10, 1)));
      const onRecord = async (): Promise<string[]> => (await api.deliveries()).map(({ status }) => status);
      await eventually(async () => expect(await onRecord()).toEqual(Array(10).fill('delivered'))); // what is not is posted again
      await kill('delivery'); // which then knows no more than the topic shows
      await allReady();
      await api.release(project.id, '2.0');
      await eventually(() => expect(versions(receiver)).toEqual([...numbered(10, 1), '2.0']));
    },
  );
});

describe('events are sent again', () => {
  it('and what was posted before is not posted twice', { timeout: 400_000 }, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive();
    await api.webhook(receiver.url);
    const since = new Date().toISOString();
    for (const version of numbered(5, 1)) await api.release(project.id, version);
    await eventually(() => expect(versions(receiver)).toEqual(numbered(5, 1)));
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(5));
    const resend = async (...more: string[]): Promise<string> => {
      const program = 'dist/apps/releases/src/event-resend/events.js';
      const args = [program, 'resend', '--since', since, '--project', project.id, ...more];
      const env = { PATH: process.env['PATH'], DATABASE_URL: stack().databaseUrls['releases']! };
      return (await run(process.execPath, args, { env })).stdout;
    };
    expect(await resend('--dry-run')).toBe('5 events would be sent again.\n');
    expect(await resend()).toBe('5 events are sent again.\n');
    await eventually(async () => {
      const events = (await everyRecord('release.events')).filter(
        ({ topic, key }) => topic === 'release.events' && key === project.id,
      );
      expect(events).toHaveLength(10);
    });
    await api.release(project.id, '2.0'); // behind them, in the same partition
    await eventually(() => expect(versions(receiver)).toContain('2.0'));
    expect(versions(receiver)).toEqual([...numbered(5, 1), '2.0']);
  });
});
