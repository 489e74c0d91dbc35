import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
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
