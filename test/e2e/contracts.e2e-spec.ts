import '#libs/kafka'; // before the client, parts of which it replaces
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';
import { everyRecord, type ReadRecord } from './support/every-record.js';

interface Message {
  headers: object;
  payload: object;
  contentType: string;
}

interface AsyncApi {
  channels: Record<string, { address: string }>;
  components: { messages: Record<string, Message> };
}

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => Ajv;

describe('the documents', () => {
  it('of the events describe what is really sent', async () => {
    const sent = await recordsOfAStory();
    const document = parse(readFileSync('docs/asyncapi.yaml', 'utf8')) as AsyncApi;
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    const checks = Object.entries(document.channels).map(([name, { address }]) => ({
      topic: new RegExp(`^${address.replaceAll('.', '\\.').replace('{delay}', '\\w+')}$`),
      headers: ajv.compile(document.components.messages[name]!.headers),
      payload:
        document.components.messages[name]!.contentType === 'application/json'
          ? ajv.compile(document.components.messages[name]!.payload)
          : undefined,
    }));
    const seen = new Set<string>();
    for (const { topic, value, headers } of sent) {
      const check = checks.find((one) => one.topic.test(topic));
      expect(check, `${topic} is in the document`).toBeDefined();
      // other tests send what cannot be read, on purpose; our own never is
      if ('np-original-topic' in headers || !headers['ce_source']?.startsWith('/nitropush/')) continue;
      check!.headers(headers);
      expect(check!.headers.errors ?? [], `headers on ${topic}`).toEqual([]);
      if (value !== null) check!.payload?.(JSON.parse(value));
      expect(check!.payload?.errors ?? [], `value on ${topic}`).toEqual([]);
      seen.add(topic);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'release.events',
        'project.state',
        'integration.state',
        'delivery.requested',
        'delivery.retry.5s',
        'delivery.outcomes',
        'delivery.dlq',
      ]),
    );
  });

  it('of the API is valid OpenAPI 3.1 and names every call', async () => {
    const document = (await (await fetch(`${stack().gatewayUrl}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`),
    );
    expect(calls).toEqual(expect.arrayContaining(CALLS));
  });
});

const CALLS = [
  'POST /api/v1/projects',
  'GET /api/v1/projects',
  'GET /api/v1/projects/{}',
  'PATCH /api/v1/projects/{}',
  'POST /api/v1/projects/{}/releases',
  'GET /api/v1/projects/{}/releases',
  'GET /api/v1/releases/current',
  'GET /api/v1/releases/{}',
  'POST /api/v1/releases/{}/promote',
  'PATCH /api/v1/releases/{}/rollout',
  'GET /api/v1/providers',
  'POST /api/v1/integrations',
  'GET /api/v1/integrations',
  'GET /api/v1/integrations/{}',
  'PATCH /api/v1/integrations/{}',
  'DELETE /api/v1/integrations/{}',
  'POST /api/v1/integrations/{}/test',
  'POST /api/v1/integrations/{}/signing-secret/rotate',
  'GET /api/v1/integrations/route-preview',
  'GET /api/v1/deliveries',
  'GET /api/v1/deliveries/export',
  'GET /api/v1/deliveries/attention',
  'GET /api/v1/deliveries/{}',
  'POST /api/v1/deliveries/{}/redeliver',
  'POST /api/v1/deliveries/redeliver',
  'POST /api/v1/deliveries/discard',
  'GET /api/v1/deliveries/summary',
  'GET /api/v1/deliveries/stream',
  'POST /api/v1/auth/dev-token',
];

/** Makes every kind of record there is, and answers all that is on the topics by then. */
async function recordsOfAStory(): Promise<ReadRecord[]> {
  const api = await Api.signIn();
  const project = await api.project();
  const failing = await startReceiver(() => 500);
  const hook = await api.webhook(failing.url);
  const release = await api.release(project.id, '1.0', { environment: 'test' });
  await api.must('POST', `/releases/${release.id}/promote`, {});
  await api.must('PATCH', `/releases/${release.id}/rollout`, { rolloutPercentage: 5 });
  await api.must('POST', `/integrations/${hook.id}/test`); // a test is tried once, so this one is a dead letter at once
  await eventually(async () => expect(await api.deliveries({ status: 'dead' })).toHaveLength(1));
  await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(3));
  const gone = await api.webhook(`${failing.url}/gone`);
  await api.call('DELETE', `/integrations/${gone.id}`);
  await api.call('DELETE', `/integrations/${hook.id}`);
  await failing.close();
  return everyRecord();
}
