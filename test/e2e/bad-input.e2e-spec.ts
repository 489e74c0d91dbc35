import { randomUUID } from 'node:crypto';
import { SignJWT, importJWK } from 'jose';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api, stack, type Answer } from './support/api.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  errors?: { field: string; message: string }[];
  requestId: string;
}

let api: Api;
let projectId: string;
let releaseId: string;
beforeAll(async () => {
  api = await Api.signIn();
  projectId = (await api.project()).id;
  releaseId = (await api.release(projectId, '1.0', { environment: 'stage' })).id;
});

function expectProblem({ status, headers, body }: Answer, expected: number, field?: string): void {
  const problem = body as unknown as Problem;
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(problem).toMatchObject({
    status: expected,
    type: expect.stringMatching(/^urn:nitropush:problem:/) as unknown,
    title: expect.any(String) as unknown,
    requestId: expect.any(String) as unknown,
  });
  if (field !== undefined) expect(problem.errors?.map((error) => error.field)).toContain(field);
}

const webhook = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  provider: 'webhook',
  name: 'x',
  projectId: null,
  credentials: { url: 'http://127.0.0.1:9/x' },
  ...more,
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
      'a version that is none',
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
    [
      'a provider that is not there yet',
      'POST',
      () => '/integrations',
      webhook({ provider: 'email' }),
      422,
      'provider',
    ],
    [
      'no credentials',
      'POST',
      () => '/integrations',
      { provider: 'webhook', name: 'x', projectId: null },
      400,
      'credentials',
    ],
    ['a URL that is none', 'POST', () => '/integrations', url('not a url'), 400, 'credentials.url'],
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
    ['a cursor that is none', 'GET', () => '/integrations?cursor=abc', undefined, 400, 'cursor'],
    ['a status that is none', 'GET', () => '/deliveries?status=lost', undefined, 400, 'status'],
    ['a time that is none', 'GET', () => '/deliveries?since=yesterday', undefined, 400, 'since'],
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

describe('who may do what', () => {
  it("answers 404 for another organization's things", async () => {
    const other = await Api.signIn();
    const hook = await api.webhook('http://127.0.0.1:9/x');
    for (const path of [
      `/projects/${projectId}`,
      `/projects/${projectId}/releases`,
      `/releases/${releaseId}`,
      `/integrations/${hook.id}`,
    ])
      expectProblem(await other.call('GET', path), 404);
    for (const [method, path, body] of [
      ['PATCH', `/projects/${projectId}`, { name: 'x' }],
      ['POST', `/projects/${projectId}/releases`, { environment: 'prod', version: '1' }],
      ['POST', `/releases/${releaseId}/promote`, {}],
      ['PATCH', `/releases/${releaseId}/rollout`, { rolloutPercentage: 1 }],
      ['PATCH', `/integrations/${hook.id}`, { enabled: false }],
      ['DELETE', `/integrations/${hook.id}`, undefined],
      ['POST', `/integrations/${hook.id}/test`, undefined],
      ['POST', `/integrations/${hook.id}/signing-secret/rotate`, undefined],
    ] as const) {
      expectProblem(await other.call(method, path, body), 404);
    }
    expectProblem(await other.call('POST', '/integrations', webhook({ projectId })), 422, 'projectId');
  });

  it('lets each role do what it may', async () => {
    const org = api.organizationId;
    const [viewer, developer, admin] = [
      await Api.signIn('viewer', org),
      await Api.signIn('developer', org),
      await Api.signIn('admin', org),
    ];
    const hook = await api.webhook('http://127.0.0.1:9/x');
    expect((await viewer.call('GET', '/integrations')).status).toBe(200);
    expectProblem(await viewer.call('POST', `/integrations/${hook.id}/test`), 403);
    expectProblem(
      await viewer.call('POST', `/projects/${projectId}/releases`, { environment: 'prod', version: '8' }),
      403,
    );
    expect(
      (await developer.call('POST', `/projects/${projectId}/releases`, { environment: 'prod', version: '8' })).status,
    ).toBe(201);
    expect((await developer.call('POST', `/integrations/${hook.id}/test`)).status).toBe(202);
    expectProblem(await developer.call('PATCH', `/integrations/${hook.id}`, { enabled: false }), 403);
    expectProblem(await developer.call('POST', '/integrations', webhook()), 403);
    expect((await admin.call('PATCH', `/integrations/${hook.id}`, { enabled: false })).status).toBe(200);
  });

  it('answers 401 without a valid token, at the gateway and at every service', async () => {
    const tokens = [
      undefined,
      'Bearer nonsense',
      `Bearer ${await signed({ exp: '-1 minute' })}`,
      `Bearer ${await signed({ audience: 'others' })}`,
      `Bearer ${forged(api.token)}`,
    ];
    const { ports, gatewayUrl } = stack();
    const origins = [
      gatewayUrl,
      ...['releases', 'integrations', 'delivery'].map((name) => `http://127.0.0.1:${ports[name]}`),
    ];
    const paths = ['/api/v1/projects', '/api/v1/projects', '/api/v1/integrations', '/api/v1/deliveries'];
    for (const [index, origin] of origins.entries()) {
      for (const authorization of tokens) {
        const response = await fetch(`${origin}${paths[index]}`, {
          headers: authorization === undefined ? {} : { authorization },
        });
        expectProblem(
          {
            status: response.status,
            headers: response.headers,
            body: (await response.json()) as Record<string, unknown>,
          },
          401,
        );
      }
    }
  });
});

describe('an Idempotency-Key', () => {
  it('makes a repetition answer as before and do nothing', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = await Promise.all([
      api.call('POST', '/projects', { name: 'Once' }, key),
      api.call('POST', '/projects', { name: 'Once' }, key),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body).toEqual(second.body);
    expect([first, second].filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(1);
    expectProblem(await api.call('POST', '/projects', { name: 'Twice' }, key), 422, 'Idempotency-Key');
    const release = { 'idempotency-key': randomUUID() };
    const made = await api.call(
      'POST',
      `/projects/${projectId}/releases`,
      { environment: 'prod', version: '7.7' },
      release,
    );
    expect(
      await api.call('POST', `/projects/${projectId}/releases`, { environment: 'prod', version: '7.7' }, release),
    ).toMatchObject({ status: 201, body: made.body });
  });

  it('never repeats a signing secret', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await api.call('POST', '/integrations', webhook(), key);
    expect(first.body['signingSecret']).toMatch(/^whsec_/);
    const { signingSecret: _shownOnce, ...rest } = first.body;
    expect((await api.call('POST', '/integrations', webhook(), key)).body).toEqual(rest);
  });
});

async function signed({
  exp = '1 hour',
  audience = 'nitropush-notifications',
}: {
  exp?: string;
  audience?: string;
}): Promise<string> {
  const jwk = JSON.parse(readFileSync(join(stack().dataDir, 'keys', 'auth.signing.json'), 'utf8')) as { kid: string };
  return new SignJWT({ org: api.organizationId, role: 'owner' })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
    .setSubject('u1')
    .setIssuer('nitropush-local')
    .setAudience(audience)
    .setExpirationTime(exp === '-1 minute' ? Math.floor(Date.now() / 1000) - 60 : exp)
    .sign(await importJWK(jwk, 'ES256'));
}

/** The same token for another organization, under the old signature. */
function forged(token: string): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [header, Buffer.from(JSON.stringify({ ...claims, org: randomUUID() })).toString('base64url'), signature].join(
    '.',
  );
}
