import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_REQUESTED, INTEGRATION_STATE, uuidv7 } from '#libs/contracts';
import { eventually } from '../../../test/support/eventually.js';
import type { Answer } from '../../../test/support/call-api.js';
import { buildWebhook, Topics, ready, startIntegrations } from './integrations-api.suite.js';

const PLAIN = ['path-4f1c9e', 'query-77ab02', 'token-c0ffee', 'fresh-91d3aa', 'userinfo-5be2', 'forbidden-08fe'];

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

/** Which of the secrets a text gives away, plain or in base64 at any offset. */
function givenAway(text: string, secrets: string[]): string[] {
  return secrets.filter((secret) =>
    [secret, encodeURIComponent(secret), ...[0, 1, 2].map((offset) => inBase64(secret, offset))].some((form) =>
      text.includes(form),
    ),
  );
}

const inBase64 = (secret: string, offset: number): string =>
  Buffer.from('\0'.repeat(offset) + secret)
    .toString('base64')
    .slice(offset + 1, -4);

async function dump(): Promise<string> {
  const tables = await api.dataSource.query<{ name: string }[]>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(tables.map(({ name }) => api.dataSource.query(`SELECT * FROM ${name}`)));
  return JSON.stringify(Object.fromEntries(tables.map(({ name }, index) => [name, rows[index] as unknown])));
}

const url = 'http://127.0.0.1:9/path-4f1c9e?key=query-77ab02';
const webhook = (credentials: unknown) => buildWebhook({ credentials });

/** Everything that can be done with an integration, well and badly. */
async function live(organizationId: string): Promise<{ id: string; signing: string[]; answers: Answer[] }> {
  const call = (request: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    api.call(organizationId, request, { body, headers });
  const key = { 'idempotency-key': 'k1' };
  const credentials = { url, authorization: 'Bearer token-c0ffee' };
  const created = await call('POST /integrations', webhook(credentials), key);
  const id = created.body['id'] as string;
  const { signingSecret: first, ...shown } = created.body;
  const rotated = await call(`POST /integrations/${id}/signing-secret/rotate`);
  const answers = [
    { ...created, body: shown },
    await call('POST /integrations', webhook(credentials), key),
    await call('POST /integrations', webhook({ url: 'http://userinfo-5be2@127.0.0.1/path-4f1c9e' })),
    await call('POST /integrations', webhook({ url: 'http://10.0.0.1/forbidden-08fe' })),
    await call('POST /integrations', webhook({ url, authorization: 'token-c0ffee\u0000' })),
    await call('POST /integrations', webhook({ url, other: 'token-c0ffee' })),
    await call('POST /integrations', `{"credentials": {"url": "${url}" token-c0ffee`),
    await call(`PATCH /integrations/${id}`, { credentials: { url: 'http://127.0.0.1:9/fresh-91d3aa' } }),
    await call(`POST /integrations/${id}/test`),
    await call('GET /integrations'),
    await call(`GET /integrations/${id}`),
    await call(`GET /integrations/route-preview?projectId=${uuidv7()}&environment=prod&eventType=release.created`),
  ];
  return { id, signing: [first, rotated.body['signingSecret']] as string[], answers };
}

describe('credentials', () => {
  it('are found in no table, topic, log line, metric or answer', async () => {
    const [states, requests] = [topics.follow(INTEGRATION_STATE.topic), topics.follow(DELIVERY_REQUESTED.topic)];
    const { id, signing, answers } = await live(`org-${uuidv7()}`);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 422, 422, 400, 400, 400, 200, 202, 200, 200, 200]);
    await eventually(() => {
      expect(states.filter(({ key }) => key === id)).toHaveLength(3);
      expect(requests.filter(({ key }) => key === id)).toHaveLength(1);
    });
    const records = [...states, ...requests].map(({ key, value, headers }) => [key, value?.toString(), headers]);
    const places = {
      database: await dump(),
      topics: JSON.stringify(records),
      log: api.log.join(''),
      metrics: await (await fetch(`${api.url}/metrics`)).text(),
      answers: JSON.stringify(answers.map(({ body, headers }) => [body, [...headers]])),
    };
    const secrets = [...PLAIN, ...signing.map((secret) => secret.slice('whsec_'.length, -1))];
    expect(secrets).toHaveLength(8);
    for (const [place, text] of Object.entries(places)) expect([place, givenAway(text, secrets)]).toEqual([place, []]);
    expect(places.database).toContain(id);
    expect(places.topics).toContain(id);
    expect(places.log).toContain(id);
    expect(places.answers).toContain(id);
  });

  it('would be found if they were there', () => {
    const [secret = ''] = PLAIN;
    const hidden = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret} and more`).toString('base64'));
    for (const text of [`a ${secret} b`, ...hidden]) expect(givenAway(text, PLAIN)).toEqual([secret]);
    expect(givenAway('nothing here', PLAIN)).toEqual([]);
  });
});
