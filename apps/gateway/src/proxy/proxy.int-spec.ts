import { EventEmitter, once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Upstream, newSigningKey, publicHalf, signToken, startGateway, type Gateway } from '../gateway.suite.js';

let key: JWK;
let bearer: string;
let keys: Upstream;
let releases: Upstream;
let delivery: Upstream;
let gateway: Gateway;

beforeAll(async () => {
  key = await newSigningKey();
  bearer = `Bearer ${await signToken(key)}`;
  [keys, releases, delivery] = await Promise.all([Upstream.start(), Upstream.start(), Upstream.start()]);
  keys.handle = (_request, response) => void response.end(JSON.stringify({ keys: [publicHalf(key)] }));
  gateway = await startGateway({
    AUTH_JWKS_URL: keys.url,
    RELEASES_URL: releases.url,
    INTEGRATIONS_URL: 'http://127.0.0.1:1',
    DELIVERY_URL: delivery.url,
  });
});

afterAll(async () => {
  await gateway.app.close();
  await Promise.all([keys.stop(), releases.stop(), delivery.stop()]);
});

beforeEach(() => {
  releases.asked.length = 0;
  releases.handle = (_request, response) => void response.end('{}');
});

const call = (path: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> =>
  fetch(gateway.origin + path, { ...init, headers: { authorization: bearer, ...init.headers } });

const problem = async (response: Response): Promise<Record<string, unknown>> => {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return (await response.json()) as Record<string, unknown>;
};

describe('proxy', () => {
  it('passes a call on whole', async () => {
    releases.handle = (_request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.setHeader('location', '/api/v1/projects/7');
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"7"}');
    };
    const response = await call('/api/v1/projects?x=%20y', {
      method: 'POST',
      body: '{"name":"ü"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', 'x-request-id': 'my-request' },
    });
    expect([response.status, await response.json()]).toEqual([201, { id: '7' }]);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('location')).toBe('/api/v1/projects/7');
    expect(response.headers.get('x-request-id')).toBe('my-request');
    expect(releases.asked).toMatchObject([{ method: 'POST', url: '/api/v1/projects?x=%20y', body: '{"name":"ü"}' }]);
    expect(releases.asked[0]?.headers).toMatchObject({
      authorization: bearer,
      'idempotency-key': 'k',
      'x-request-id': 'my-request',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(gateway.origin).host,
    });
  });

  it('makes a trace where there is none, and keeps the caller’s', async () => {
    await call('/api/v1/projects');
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await call('/api/v1/projects', { headers: { traceparent } });
    const seen = releases.asked.map(({ headers }) => headers['traceparent']);
    expect(seen).toEqual([expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/), traceparent]);
  });

  it('drops what is for one connection only, and what a client claims of its address', async () => {
    const request = httpRequest(`${gateway.origin}/api/v1/projects`, {
      headers: {
        authorization: bearer,
        connection: 'keep-alive, x-private',
        'x-private': '1',
        te: 'trailers',
        'proxy-authorization': 'Basic x',
        'x-forwarded-for': '6.6.6.6',
        forwarded: 'for=6.6.6.6',
      },
    }).end();
    const [response] = await once(request, 'response');
    response.resume();
    const headers = releases.asked[0]?.headers ?? {};
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(x-private|te|proxy-|forwarded$)/)]),
    );
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  });

  it('passes large answers on unharmed', async () => {
    const large = Buffer.alloc(8 * 1024 * 1024, 'abcdefghij');
    releases.handle = (_request, response) => void response.end(large);
    const received = Buffer.from(await (await call('/api/v1/projects')).arrayBuffer());
    expect(received.equals(large)).toBe(true);
  });

  it('passes a stream on event by event, and ends it at the service when the client leaves', async () => {
    const ended = new EventEmitter();
    let send: (text: string) => void = () => undefined;
    delivery.handle = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      send = (text) => void response.write(text);
      response.once('close', () => ended.emit('closed'));
    };
    const stop = new AbortController();
    const response = await call('/api/v1/deliveries/stream', { signal: stop.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      send(event);
      expect((await reader.read()).value).toBe(event);
    }
    const closed = once(ended, 'closed');
    stop.abort();
    await closed;
  });

  it('breaks a call off at the service when the client leaves', async () => {
    const ended = new EventEmitter();
    const reached = once(ended, 'reached');
    releases.handle = (_request, response) => {
      response.once('close', () => ended.emit('closed'));
      ended.emit('reached');
    };
    const stop = new AbortController();
    const answer = call('/api/v1/projects', { signal: stop.signal }).catch((error: Error) => error.name);
    await reached;
    const closed = once(ended, 'closed');
    stop.abort();
    await closed;
    expect(await answer).toBe('AbortError');
  });

  it('says 503 at once where a service is away', async () => {
    const response = await call('/api/v1/integrations');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await problem(response)).toMatchObject({
      type: 'urn:nitropush:problem:unavailable',
      detail: 'The integrations service cannot be reached. Nothing was changed; try again in a moment.',
    });
  });

  it('says that it does not know where a service breaks off', async () => {
    releases.handle = (request) => request.socket.resetAndDestroy();
    const response = await call('/api/v1/projects', { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await problem(response))['detail']).toContain('Whether a change was made is not known');
  });

  it('breaks an answer off where the service does, rather than to let it look whole', async () => {
    releases.handle = (request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => request.socket.resetAndDestroy());
    };
    const response = await call('/api/v1/projects');
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it.each([
    ['announced', 'x'.repeat(1024 * 1024), undefined],
    ['not announced', new Blob(['x'.repeat(1024 * 1024)]).stream(), 'half' as const],
    ['far too large', 'x'.repeat(8 * 1024 * 1024), undefined],
  ])('refuses a body that is too large: %s', async (_case, body, duplex) => {
    const response = await call('/api/v1/projects', { method: 'POST', body, duplex });
    expect(response.status).toBe(413);
    expect(await problem(response)).toMatchObject({ type: 'urn:nitropush:problem:too-large' });
    expect(releases.asked).toEqual([]);
  });

  it('takes a body of 256 KB', async () => {
    const response = await call('/api/v1/projects', { method: 'POST', body: 'x'.repeat(256 * 1024) });
    expect([response.status, releases.asked[0]?.body.length]).toEqual([200, 256 * 1024]);
  });

  it.each(['/api/v1/nothing', '/internal/x', '/api/v1/projects/..%2f/../../internal', '/api/v1/internal/projects'])(
    'knows nothing at %s',
    async (path) => {
      const request = httpRequest(gateway.origin, { path, headers: { authorization: bearer } }).end();
      const [response] = await once(request, 'response');
      response.resume();
      expect([response.statusCode, releases.asked.length]).toEqual([404, 0]);
    },
  );
});

describe('tokens', () => {
  const status = async (authorization: string | undefined, path = '/api/v1/projects'): Promise<number> => {
    const response = await fetch(gateway.origin + path, { headers: authorization ? { authorization } : {} });
    if (response.status === 401) expect(await problem(response)).toMatchObject({ status: 401 });
    return response.status;
  };

  it('lets nobody through without a valid one', async () => {
    const stranger = await newSigningKey();
    expect(await status(undefined)).toBe(401);
    expect(await status('Bearer nonsense')).toBe(401);
    expect(await status(`Bearer ${await signToken(key, {}, '-1m')}`)).toBe(401);
    expect(await status(`Bearer ${await signToken(stranger)}`)).toBe(401);
    expect(await status(`Bearer ${await signToken(key, { role: 'emperor' })}`)).toBe(401);
    expect(releases.asked).toEqual([]);
    expect(await status(bearer)).toBe(200);
  });

  it('keeps the connection of those it refuses', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let n = 0; n < 3; n += 1) {
      const request = httpRequest(`${gateway.origin}/api/v1/projects`, { method: 'POST', agent }).end(
        'x'.repeat(100_000),
      );
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(401);
      ports.add(response.socket.localPort);
      await once(response.resume(), 'end');
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it('asks none of those who come back from a provider', async () => {
    expect(await status(undefined, '/api/v1/oauth/slack/callback?code=1')).toBe(503);
    expect(await status(undefined, '/api/v1/oauth/slack')).toBe(401);
  });
});
