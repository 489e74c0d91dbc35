import { randomUUID } from 'node:crypto';
import { beforeAll, describe, it } from 'vitest';
import { Api, stack } from './support/api.js';
import { expectProblem } from './support/problem.js';
import { webhookInput as webhook } from './support/webhook-input.js';

let api: Api;
let projectId: string;
let releaseId: string;
beforeAll(async () => {
  api = await Api.signIn();
  projectId = (await api.project()).id;
  releaseId = (await api.release(projectId, '1.0', { environment: 'stage' })).id;
});

const url = (value: unknown): Record<string, unknown> => webhook({ credentials: { url: value } });

describe('bad input is told by field', () => {
  it.each<[string, string, () => string, unknown, number, string | undefined]>([
    ['no body', 'POST', () => '/projects', undefined, 400, 'name'],
    ['an unknown field', 'POST', () => '/projects', { name: 'x', colour: 'red' }, 400, 'colour'],
    ['a wrong type', 'POST', () => '/projects', { name: 5 }, 400, 'name'],
    ['an empty name', 'POST', () => '/projects', { name: '   ' }, 400, 'name'],
    ['an array for an object', 'POST', () => '/projects', [], 400, undefined],
    [
      'a version that is not valid',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'prod', version: 'latest' },
      400,
      'version',
    ],
    [
      'a rollout over 100',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'prod', version: '2', rolloutPercentage: 101 },
      400,
      'rolloutPercentage',
    ],
    [
      'half a per cent',
      'PATCH',
      () => `/releases/${releaseId}/rollout`,
      { rolloutPercentage: 1.5 },
      400,
      'rolloutPercentage',
    ],
    [
      'a rollout that is null',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'prod', version: '2', rolloutPercentage: null },
      400,
      'rolloutPercentage',
    ],
    [
      'an unknown environment',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'moon', version: '2' },
      400,
      'environment',
    ],
    [
      'a description that is too long',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'prod', version: '2', description: '🚀'.repeat(4_001) },
      400,
      'description',
    ],
    [
      'a description with a NUL',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'prod', version: '2', description: 'a\u0000b' },
      400,
      'description',
    ],
    [
      'a version that is there',
      'POST',
      () => `/projects/${projectId}/releases`,
      { environment: 'stage', version: '1.0' },
      409,
      'version',
    ],
    [
      'a promotion downwards',
      'POST',
      () => `/releases/${releaseId}/promote`,
      { environment: 'test' },
      422,
      'environment',
    ],
    ['an unknown provider', 'POST', () => '/integrations', webhook({ provider: 'fax' }), 400, 'provider'],
    ['a provider that one signs in at', 'POST', () => '/integrations', webhook({ provider: 'slack' }), 422, 'provider'],
    [
      'a recipient that is not valid',
      'POST',
      () => '/integrations',
      { provider: 'email', name: 'x', projectId: null, credentials: { recipients: ['a@b.example\r\nBcc: c'] } },
      400,
      'credentials.recipients',
    ],
    [
      'no credentials',
      'POST',
      () => '/integrations',
      { provider: 'webhook', name: 'x', projectId: null },
      400,
      'credentials',
    ],
    ['a URL that is not valid', 'POST', () => '/integrations', url('not a url'), 400, 'credentials.url'],
    ['a file URL', 'POST', () => '/integrations', url('file:///etc/passwd'), 422, 'credentials.url'],
    [
      'a URL with a password',
      'POST',
      () => '/integrations',
      url('https://me:secret@example.com/'),
      422,
      'credentials.url',
    ],
    ['a private address', 'POST', () => '/integrations', url('https://10.0.0.1/'), 422, 'credentials.url'],
    ['a metadata address', 'POST', () => '/integrations', url('http://169.254.169.254/latest'), 422, 'credentials.url'],
    [
      'an Authorization with a line break',
      'POST',
      () => '/integrations',
      webhook({ credentials: { url: 'http://127.0.0.1:9/', authorization: 'a\r\nb: c' } }),
      400,
      'credentials.authorization',
    ],
    [
      'an unknown credential',
      'POST',
      () => '/integrations',
      webhook({ credentials: { url: 'http://127.0.0.1:9/', token: 'x' } }),
      400,
      'credentials.token',
    ],
    ['a concurrency of 33', 'POST', () => '/integrations', webhook({ concurrency: 33 }), 400, 'concurrency'],
    [
      'a project that is not there',
      'POST',
      () => '/integrations',
      webhook({ projectId: randomUUID() }),
      422,
      'projectId',
    ],
    [
      'an event type twice',
      'POST',
      () => '/integrations',
      webhook({ eventTypes: ['release.created', 'release.created'] }),
      400,
      'eventTypes',
    ],
    ['a limit of 0', 'GET', () => '/deliveries?limit=0', undefined, 400, 'limit'],
    ['a limit of 101', 'GET', () => '/projects?limit=101', undefined, 400, 'limit'],
    ['a cursor that is not valid', 'GET', () => '/integrations?cursor=abc', undefined, 400, 'cursor'],
    ['a status that is not valid', 'GET', () => '/deliveries?status=lost', undefined, 400, 'status'],
    ['a time that is not valid', 'GET', () => '/deliveries?since=yesterday', undefined, 400, 'since'],
    ['an unknown id', 'GET', () => `/releases/${randomUUID()}`, undefined, 404, undefined],
    ['what is no id', 'GET', () => '/integrations/nope', undefined, 404, undefined],
    ['an unknown address', 'GET', () => '/nothing/here', undefined, 404, undefined],
  ])('%s', async (_name, method, path, body, status, field) => {
    expectProblem(await api.call(method, path(), body), status, field);
  });

  it('broken JSON', async () => {
    const response = await fetch(`${stack().gatewayUrl}/api/v1/projects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body: '{"name":',
    });
    expectProblem(
      { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> },
      400,
    );
  });

  it('a body of 1 MB', async () => {
    expectProblem(await api.call('POST', '/projects', { name: 'x'.repeat(1_000_000) }), 413);
  });
});
