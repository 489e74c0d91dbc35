import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SettingsError, loadSettings } from '#libs/config';
import { GatewaySettings } from './gateway.config.js';
import { Upstream, newSigningKey, publicHalf, signToken, startGateway, type Gateway } from './gateway.suite.js';

let key: JWK;
let keys: Upstream;
let releases: Upstream;
let gateway: Gateway | undefined;

beforeAll(async () => {
  key = await newSigningKey();
  [keys, releases] = await Promise.all([Upstream.start(), Upstream.start()]);
  keys.handle = (_request, response) => void response.end(JSON.stringify({ keys: [publicHalf(key)] }));
});

afterAll(() => Promise.all([keys.stop(), releases.stop()]));

afterEach(async () => {
  await gateway?.app.close();
  gateway = undefined;
});

async function start(env: Record<string, string> = {}): Promise<string> {
  gateway = await startGateway({
    AUTH_JWKS_URL: keys.url,
    AUTH_LOCAL_SIGNING_KEY: JSON.stringify(key),
    RELEASES_URL: releases.url,
    CONSOLE_DIR: '/nowhere',
    ...env,
  });
  return gateway.origin;
}

const PRODUCTION = {
  NITROPUSH_MODE: 'production',
  ALLOW_INSECURE_SETTINGS: 'AUTH_ISSUER,AUTH_JWKS_URL',
  AUTH_ISSUER: 'nitropush-local',
  AUTH_AUDIENCE: 'nitropush-notifications',
  INTEGRATIONS_URL: 'http://127.0.0.1:1',
  DELIVERY_URL: 'http://127.0.0.1:1',
};

const post = (url: string, body?: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

describe('development tokens', () => {
  const tokenOf = async (response: Response): Promise<string> => ((await response.json()) as { token: string }).token;

  it('are signed by the key whose public half is published', async () => {
    const origin = await start();
    const response = await post(`${origin}/api/v1/auth/dev-token`);
    expect(response.status).toBe(201);
    const published = (await (await fetch(`${origin}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    expect(JSON.stringify(published)).not.toContain('"d"');
    const { payload } = await jwtVerify(await tokenOf(response), createLocalJWKSet(published), {
      issuer: 'nitropush-local',
      audience: 'nitropush-notifications',
    });
    expect(payload).toMatchObject({ sub: 'dev-owner', name: 'Demo owner', role: 'owner' });
    expect(payload['org']).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload.exp! - payload.iat!).toBe(12 * 3600);
  });

  it('are for the role and organization that are asked for, and open the API', async () => {
    const origin = await start();
    const organizationId = '0190a0de-1111-7000-8000-000000000002';
    const token = await tokenOf(await post(`${origin}/api/v1/auth/dev-token`, { role: 'viewer', organizationId }));
    const [, payload = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      org: organizationId,
      role: 'viewer',
      sub: 'dev-viewer',
    });
    const answer = await fetch(`${origin}/api/v1/projects`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  it.each([
    { role: 'emperor' },
    { organizationId: null },
    { role: null },
    { organizationId: 'x' },
    { surprise: 1 },
    'text',
  ])('refuse %j', async (body) => {
    expect((await post(`${await start()}/api/v1/auth/dev-token`, body)).status).toBe(400);
  });

  it('do not exist in production, nor does their key', async () => {
    const origin = await start({ ...PRODUCTION, AUTH_LOCAL_SIGNING_KEY: '' });
    expect((await post(`${origin}/api/v1/auth/dev-token`)).status).toBe(404);
    expect((await post(`${origin}/api/v1/auth/sign-in-codes`)).status).toBe(404);
    expect((await fetch(`${origin}/.well-known/jwks.json`)).status).toBe(404);
  });

  it('are given at this machine’s own names, and to no page that has taken its address', async () => {
    const origin = await start({ LOCAL_HOSTS: 'gateway' });
    const at = async (host: string): Promise<number> => {
      const call = request(`${origin}/api/v1/auth/dev-token`, { method: 'POST', headers: { host } }).end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode!;
    };
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000', 'gateway:4000'])
      expect([host, await at(host)]).toEqual([host, 201]);
    for (const host of ['evil.example', 'evil.example:4000', 'localhost.evil.example'])
      expect([host, await at(host)]).toEqual([host, 403]);
  });

  it('keep production from starting', () => {
    const env = { ...PRODUCTION, AUTH_LOCAL_SIGNING_KEY: JSON.stringify(key), PORT: '1' };
    const urls = { AUTH_JWKS_URL: keys.url, RELEASES_URL: releases.url };
    expect(() => loadSettings(GatewaySettings, { ...env, ...urls })).toThrow(
      new SettingsError(['AUTH_LOCAL_SIGNING_KEY: must not be set in production mode']),
    );
  });
});

describe('rate limits', () => {
  /** The burst in order, then more at once than a second allows, however slow the machine is. */
  const answersTo = async (burst: number, one: () => Promise<Response>): Promise<Response[]> => {
    const answers = [];
    for (let n = 0; n < burst; n += 1) answers.push(await one());
    return [...answers, ...(await Promise.all(Array.from({ length: 30 }, one)))];
  };

  it('hold for each organization by itself, and allow a burst', async () => {
    const origin = await start({ RATE_LIMIT_PER_SECOND: '3' });
    const get = async (org: string): Promise<() => Promise<Response>> => {
      const authorization = `Bearer ${await signToken(key, { org })}`;
      return () => fetch(`${origin}/api/v1/projects`, { headers: { authorization } });
    };
    const answers = await answersTo(9, await get('busy'));
    expect(answers.slice(0, 9).map(({ status }) => status)).toEqual(Array(9).fill(200));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(refused?.headers.get('ratelimit-policy')).toBe('"organization";q=3;w=1');
    expect(refused?.headers.get('ratelimit')).toMatch(/^"organization";r=0;t=\d+$/);
    expect(await refused?.json()).toMatchObject({ type: 'urn:nitropush:problem:rate-limited', status: 429 });
    expect((await (await get('calm'))()).status).toBe(200);
  });

  it.each([
    ['calls without a token', '/api/v1/projects', 'GET', 401],
    ['development tokens', '/api/v1/auth/dev-token', 'POST', 201],
  ])('hold for an address: %s', async (_case, path, method, until) => {
    const origin = await start({ RATE_LIMIT_ANONYMOUS_PER_SECOND: '2' });
    const answers = await answersTo(6, () => fetch(origin + path, { method }));
    const seen = answers.map(({ status }) => status);
    expect(seen.slice(0, 6)).toEqual(Array(6).fill(until));
    expect(seen).toContain(429);
  });
});

describe('pages', () => {
  it('lead to the API documentation while the console is not built', async () => {
    const origin = await start();
    const response = await fetch(origin, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/api/docs']);
    expect((await fetch(`${origin}/projects/1`)).status).toBe(404);
  });

  it('are the documentation, with nothing from elsewhere', async () => {
    const origin = await start();
    const page = await fetch(`${origin}/api/docs`);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    const html = await page.text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      expect(link).toMatch(/^\/api\/docs\//);
      expect([link, (await fetch(origin + link)).status]).toEqual([link, 200]);
    }
  });

  it('are the console once it is built, deep links and all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-'));
    try {
      await mkdir(join(folder, 'assets'));
      await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
      await writeFile(join(folder, 'assets/app-1a2b.js'), 'export {};');
      const origin = await start({ CONSOLE_DIR: folder, AUTH_CLIENT_ID: 'console' });
      const html = { headers: { accept: 'text/html' } };
      for (const path of ['/', '/projects/1/releases/2', '/integrations']) {
        const page = await fetch(origin + path, html);
        expect([path, await page.text(), page.headers.get('cache-control')]).toEqual([
          path,
          '<!doctype html><title>Console</title>',
          'no-cache',
        ]);
        expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
      }
      const asset = await fetch(`${origin}/assets/app-1a2b.js`);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      await writeFile(join(folder, 'assets/app-1a2b.js.gz'), gzipSync('export {};'));
      const smaller = await fetch(`${origin}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'gzip' } });
      expect(Object.fromEntries(smaller.headers)).toMatchObject({
        'content-encoding': 'gzip',
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
      });
      expect(await smaller.text()).toBe('export {};');
      const plain = await fetch(`${origin}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'identity' } });
      expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'export {};']);
      for (const path of ['/assets/gone.js', '/api/v1/nothing', '/api/nothing', '/internal/x'])
        expect([path, (await fetch(origin + path, html)).status]).toEqual([path, 404]);
      expect(await (await fetch(`${origin}/console-config.json`)).json()).toEqual({
        mode: 'local',
        issuer: 'nitropush-local',
        clientId: 'console',
        audience: 'nitropush-notifications',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('probes, metrics and the service’s own document', () => {
  it('are on a port of their own', async () => {
    await start({ RELEASES_URL: 'http://127.0.0.1:1' });
    const { opsOrigin } = gateway!;
    for (const path of ['/health/live', '/health/ready', '/health/serving'])
      expect([path, (await fetch(opsOrigin + path)).status]).toEqual([path, 200]); // whatever the services do
    expect(await (await fetch(`${opsOrigin}/metrics`)).text()).toContain('http_request_duration_seconds');
    expect(await (await fetch(`${opsOrigin}/openapi.json`)).json()).toHaveProperty('paths');
  });

  it.each([
    '/health/live',
    '/health/ready',
    '/HEALTH/live/',
    '/metrics',
    '/Metrics/',
    '/metrics?x',
    '/openapi.json',
    '/%6detrics',
    '//metrics',
  ])('are not on the public one: %s', async (path) => {
    const origin = await start();
    const answer = await fetch(origin + path, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it.each(['/api/docs', '/', '/api/v1/auth/dev-token', '/api/v1/projects', '/api/openapi.json'])(
    'are all that is there: not %s',
    async (path) => {
      await start();
      expect((await fetch(gateway!.opsOrigin + path)).status).toBe(404);
    },
  );
});

it('takes a token from the address of the documentation in local mode only', async () => {
  const local = await (await fetch(`${await start()}/api/docs/start.js`)).text();
  await gateway!.app.close();
  const production = await (
    await fetch(`${await start({ ...PRODUCTION, AUTH_LOCAL_SIGNING_KEY: '' })}/api/docs/start.js`)
  ).text();
  expect([local.includes('location.hash'), production.includes('location.hash')]).toEqual([true, false]);
  expect(production).toContain('SwaggerUIBundle');
});
