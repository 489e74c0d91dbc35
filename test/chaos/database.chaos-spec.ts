import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { allReady, instances, restartService } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
  for (const service of ['releases', 'delivery'] as const) await restartService(service);
  await allReady();
});

/** A session of the administrator's in a service's database. */
async function administrator(service: string): Promise<Client> {
  const url = new URL(stack().databaseUrl);
  url.pathname = `/${new URL(stack().databaseUrls[service]!).pathname.slice(1)}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  undo.push(() => client.end());
  return client;
}

async function probe(port: number, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/health/${path}`);
  await response.arrayBuffer();
  return response.status;
}

const portOf = async (service: 'releases' | 'delivery'): Promise<number> => (await instances(service))[0]!.port;

describe('a service and its database', () => {
  it('lives while another migrates, and starts once that is done', async () => {
    const admin = await administrator('releases');
    await admin.query('SELECT pg_advisory_lock(4120113)');
    await restartService('releases', {}, { ready: false });
    const port = await portOf('releases');
    await eventually(async () => expect(await probe(port, 'live')).toBe(200));
    await eventually(async () => {
      const { rows } = await admin.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'nitropush-releases' AND query LIKE '%pg_try_advisory_lock%'`,
      );
      expect(rows).toHaveLength(1);
    });
    expect([await probe(port, 'live'), await probe(port, 'ready'), await probe(port, 'serving')]).toEqual([
      200, 503, 503,
    ]);
    await admin.query('SELECT pg_advisory_unlock(4120113)');
    await allReady();
  });

  it('that took over as a standby: writes say 503, lists are served, and readiness names it', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const admin = await administrator('releases');
    const database = (on: string): Promise<unknown> =>
      admin.query(
        `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${on}', current_database()); END $$`,
      );
    await database('on');
    undo.push(async () => {
      await admin.query('SET default_transaction_read_only = off');
      await database('off');
    });
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const port = await portOf('releases');
    await eventually(async () => {
      const answer = await api.call('POST', `/projects/${project.id}/releases`, { environment: 'prod', version: '1' });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBeTruthy();
      expect(JSON.stringify(answer.body)).toContain('Nothing was changed');
    });
    expect((await api.call('GET', '/projects')).status).toBe(200);
    expect(await probe(port, 'serving')).toBe(200);
    const ready = (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as { error: object };
    expect(Object.keys(ready.error)).toContain('database-writable');
  });

  it('whose role writes dates the German way: releases are accepted, delivered and counted', async () => {
    for (const service of ['releases', 'delivery'] as const) {
      const admin = await administrator(service);
      const role = new URL(stack().databaseUrls[service]!).username;
      for (const [setting, value] of [
        ['DateStyle', 'German, DMY'],
        ['TimeZone', 'America/St_Johns'],
      ] as const) {
        await admin.query(`ALTER ROLE ${role} SET ${setting} = '${value}'`);
        undo.push(() => admin.query(`ALTER ROLE ${role} RESET ${setting}`));
      }
      await restartService(service);
    }
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive(() => 200);
    await api.webhook(receiver.url);
    const release = await api.must<{ createdAt: string }>('POST', `/projects/${project.id}/releases`, {
      environment: 'prod',
      version: '1',
    });
    expect(Math.abs(Date.parse(release.createdAt) - Date.now())).toBeLessThan(60_000);
    await eventually(async () =>
      expect(await api.must('GET', '/deliveries/summary')).toMatchObject({ totals: { delivered: 1 } }),
    );
    const [delivery] = await api.deliveries();
    const { attempts } = await api.delivery(delivery!.id);
    expect(Math.abs(Date.parse(attempts[0]!.startedAt) - Date.now())).toBeLessThan(60_000);
  });
});
