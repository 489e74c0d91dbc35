import '#libs/kafka'; // before the client, parts of which it replaces
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';
import { everyRecord } from './support/every-record.js';

const SECRETS = { path: 'T0PSECRETPATH', query: 'T0PSECRETQUERY', authorization: 'T0PSECRETHEADER' };

it('no credential and no path of a webhook is in any table, topic, log or answer', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  // a receiver that says back all it was told, as badly behaved ones do
  const echo = await startReceiver(
    ({ path, headers, body }, response) =>
      void response.writeHead(500).end(`${path} ${JSON.stringify(headers)} ${body}`),
  );
  const hidden = {
    url: `${echo.url}/${SECRETS.path}/hook?key=${SECRETS.query}`,
    authorization: `Bearer ${SECRETS.authorization}`,
  };
  const answers: string[] = [];
  const keep = async (method: string, path: string, body?: unknown): Promise<{ id: string; signingSecret: string }> => {
    const { body: answer } = await api.call<{ id: string; signingSecret: string }>(method, path, body);
    const { signingSecret: _shownOnce, ...shown } = answer ?? {};
    answers.push(JSON.stringify(shown));
    return answer;
  };
  const hook = await keep('POST', '/integrations', {
    provider: 'webhook',
    name: 'Hidden',
    projectId: null,
    credentials: hidden,
  });
  await keep('POST', '/integrations', {
    provider: 'webhook',
    name: 'Refused',
    projectId: null,
    credentials: { ...hidden, url: hidden.url.replace('127.0.0.1', '10.1.2.3') },
  });
  const { signingSecret: rotated } = await api.must<{ signingSecret: string }>(
    'POST',
    `/integrations/${hook.id}/signing-secret/rotate`,
  );
  await api.release(project.id, '1.0');
  await keep('POST', `/integrations/${hook.id}/test`);
  await eventually(() => expect(echo.received.length).toBeGreaterThanOrEqual(2));
  await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(1));
  for (const { id } of await api.deliveries()) await keep('GET', `/deliveries/${id}`);
  for (const path of ['/integrations', `/integrations/${hook.id}`, '/deliveries', '/deliveries/summary', '/providers'])
    await keep('GET', path);

  const secrets = [
    ...Object.values(SECRETS),
    hook.signingSecret.slice('whsec_'.length),
    rotated.slice('whsec_'.length),
  ];
  const places = {
    answers: answers.join('\n'),
    tables: await everyTable(),
    topics: await everyTopic(),
    logs: everyLog(),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(100);
    for (const secret of secrets) expect(text.includes(secret), `a secret in the ${place}`).toBe(false);
  }
  expect(places.tables).toContain('Hidden'); // it really looked
  expect(places.topics).toContain(hook.id);
  await api.call('DELETE', `/integrations/${hook.id}`);
  await echo.close();
});

async function everyTable(): Promise<string> {
  const rows: string[] = [];
  for (const url of Object.values(stack().databaseUrls)) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { name } of tables)
      rows.push(
        ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map(({ row }) => row),
      );
    await client.end();
  }
  return rows.join('\n');
}

async function everyTopic(): Promise<string> {
  const records = await everyRecord();
  return records.map(({ key, value, headers }) => [key, value, ...Object.values(headers)].join(' ')).join('\n');
}

function everyLog(): string {
  const { logsDir } = stack();
  return readdirSync(logsDir)
    .map((file) => readFileSync(join(logsDir, file), 'utf8'))
    .join('\n');
}
