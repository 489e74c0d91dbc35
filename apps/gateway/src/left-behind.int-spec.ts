import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { Pipelined } from '../../../test/support/pipelined.js';
import { Upstream, newSigningKey, publicHalf, signToken, startGateway, type Gateway } from './gateway.suite.js';

let key: JWK;
let keys: Upstream;
let service: Upstream;
let folder: string;
let gateway: Gateway;
/** Answers that the service has not given. */
let open: Set<ServerResponse>;
const clients: Pipelined[] = [];

beforeAll(async () => {
  key = await newSigningKey();
  [keys, service] = await Promise.all([Upstream.start(), Upstream.start()]);
  keys.handle = (_request, response) => void response.end(JSON.stringify({ keys: [publicHalf(key)] }));
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets/large-1a2b.js'), Buffer.alloc(16 * 1024 * 1024, 'x')); // more than sockets hold
});

beforeEach(() => {
  open = new Set();
  service.asked.length = 0;
  service.handle = (_request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
  };
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.leave();
  for (const response of open) response.end('{}');
  await gateway.app.close();
});

afterAll(async () => {
  await Promise.all([keys.stop(), service.stop()]);
  await rm(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const urls = { RELEASES_URL: service.url, INTEGRATIONS_URL: service.url, DELIVERY_URL: service.url };
  gateway = await startGateway({ AUTH_JWKS_URL: keys.url, CONSOLE_DIR: folder, ...urls, ...env });
}

async function client(): Promise<Pipelined> {
  const made = await Pipelined.open(gateway.origin);
  clients.push(made);
  return made;
}

const bearer = async (claims: Record<string, unknown> = {}): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await signToken(key, claims)}`,
});
const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${gateway.opsOrigin}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{[^}]*\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
};
const asked = (count: number): Promise<void> => eventually(() => expect(service.asked).toHaveLength(count));
const nothingOpen = (): Promise<void> => eventually(() => expect(open.size).toBe(0));

describe('calls that come before the answer to the one before them', () => {
  it('are answered one after the other, in order', async () => {
    await start();
    const one = await client();
    const paths = Array.from({ length: 9 }, (_, n) => `/api/v1/projects/${n}`);
    one.get(paths, await bearer());
    for (let n = 0; n < paths.length; n += 1) {
      await asked(n + 1);
      const [response] = open;
      open.delete(response!);
      response!.end(`answer ${n}`);
      await eventually(() => expect(one.received).toContain(`answer ${n}`));
    }
    expect(service.asked.map(({ url }) => url)).toEqual(paths);
    expect(one.received.match(/answer \d/g)).toEqual(paths.map((_, n) => `answer ${n}`));
  });

  it('are given up with their connection: the service is asked for one of each, and another organization waits for none', async () => {
    await start();
    const headers = await bearer({ org: 'busy' });
    for (let n = 0; n < 3; n += 1)
      (await client()).get(Array<string>(30).fill('/api/v1/integrations?limit=100'), headers);
    await asked(3);
    for (const left of clients.splice(0)) left.leave();
    await nothingOpen();
    service.handle = (_request, response) => void response.end('{}');
    const other = await fetch(`${gateway.origin}/api/v1/integrations`, { headers: await bearer({ org: 'calm' }) });
    expect([other.status, service.asked.length]).toEqual([200, 4]);
    expect(await metric('http_requests_abandoned_total')).toBe(87);
  });

  it('close the connection where there are more than any client needs', async () => {
    await start();
    const greedy = await client();
    greedy.get(Array<string>(200).fill('/api/v1/projects'), await bearer());
    await eventually(() => expect(greedy.socket.destroyed).toBe(true));
    await nothingOpen();
    expect(service.asked.length).toBeLessThanOrEqual(1);
  });

  it('open one event stream, and none is left when the client goes', async () => {
    await start();
    service.handle = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      open.add(response);
      response.once('close', () => open.delete(response));
    };
    const reader = await client();
    reader.get(Array<string>(20).fill('/api/v1/deliveries/stream'), await bearer());
    await eventually(() => expect(reader.received).toContain('text/event-stream'));
    reader.leave();
    await nothingOpen();
    expect(service.asked).toHaveLength(1);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('open one file, and none is left when the client goes', async () => {
    await start();
    const path = join(folder, 'assets/large-1a2b.js');
    const descriptors = (): number => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd) === path).length;
    for (let n = 0; n < 10; n += 1) {
      const one = await client();
      one.socket.pause();
      one.get(Array<string>(30).fill('/assets/large-1a2b.js'));
    }
    await eventually(() => expect(descriptors()).toBe(10));
    for (const left of clients.splice(0)) left.leave();
    await eventually(() => expect(descriptors()).toBe(0));
    expect(await metric('http_requests_abandoned_total')).toBe(290);
  });
});

function linkOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined; // it was closed meanwhile
  }
}

describe('a call whose client leaves', () => {
  it('is not made any more where it waits for a connection to the service', async () => {
    await start();
    const headers = await bearer();
    for (let n = 0; n < 256; n += 1) (await client()).get(['/api/v1/projects'], headers);
    await asked(256);
    const late = await client();
    late.get(['/api/v1/projects/late'], headers);
    await eventually(async () => expect(await metric('http_connections')).toBeGreaterThanOrEqual(257));
    late.leave();
    await eventually(async () => expect(await metric('http_request_duration_seconds_count')).toBeGreaterThan(0));
    service.handle = (_request, response) => void response.end('{}');
    for (const response of open) response.end('{}');
    await nothingOpen();
    const after = await fetch(`${gateway.origin}/api/v1/projects/after`, { headers });
    expect([after.status, service.asked.map(({ url }) => url).includes('/api/v1/projects/late')]).toEqual([200, false]);
  });
});

describe('a share for each', () => {
  const get = async (claims: Record<string, unknown>): Promise<Response> =>
    fetch(`${gateway.origin}/api/v1/projects`, { headers: await bearer(claims) });

  it('of calls at once: one user leaves room for another, and one organization for all others', async () => {
    await start({ CALLS_AT_ONCE_PER_USER: '2', CALLS_AT_ONCE_PER_ORGANIZATION: '3' });
    for (const [sub, org] of [
      ['a', 'one'],
      ['a', 'one'],
      ['b', 'one'],
      ['a', 'two'],
    ] as const)
      (await client()).get(['/api/v1/projects'], await bearer({ sub, org }));
    await asked(4);
    for (const claims of [
      { sub: 'a', org: 'one' },
      { sub: 'b', org: 'one' },
    ]) {
      const refused = await get(claims);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect(await refused.json()).toMatchObject({ type: 'urn:nitropush:problem:too-many-at-once' });
    }
    clients.splice(0)[0]!.leave();
    await eventually(() => expect(open.size).toBe(3));
    service.handle = (_request, response) => void response.end('{}');
    expect((await get({ sub: 'a', org: 'one' })).status).toBe(200);
  });

  it('of calls a second: one user does not use up what the organization may', async () => {
    await start({ RATE_LIMIT_PER_USER_PER_SECOND: '1' });
    service.handle = (_request, response) => void response.end('{}');
    const answers = await Promise.all(Array.from({ length: 20 }, () => get({ sub: 'greedy' })));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('ratelimit-policy')).toBe('"user";q=1;w=1');
    expect((await get({ sub: 'modest' })).status).toBe(200);
  });

  it('of files a second, for each address', async () => {
    await start({ RATE_LIMIT_PAGES_PER_SECOND: '2' });
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${gateway.origin}/`)));
    const seen = answers.map(({ status }) => status);
    expect([...new Set(seen)].sort()).toEqual([200, 429]);
    const { status } = answers.find((answer) => answer.headers.get('ratelimit-policy') === '"pages";q=2;w=1')!;
    expect(status).toBe(429);
  });

  it.each([
    ['one address', { MAX_CONNECTIONS_PER_ADDRESS: '4' }],
    ['all', { MAX_CONNECTIONS: '4' }],
  ])('of connections, for %s', async (_case, env) => {
    await start(env);
    for (let n = 0; n < 4; n += 1) await client();
    const [first] = clients;
    first!.get(['/']);
    await eventually(() => expect(first!.received).toContain('200 OK'));
    const refused = await client();
    await eventually(() => expect(refused.socket.destroyed).toBe(true));
    first!.leave();
    await eventually(async () => expect((await fetch(`${gateway.origin}/`)).status).toBe(200));
  });

  it('of connections is the proxy’s to see to where there is one', async () => {
    await start({ MAX_CONNECTIONS_PER_ADDRESS: '1', TRUSTED_PROXIES: '1' });
    for (let n = 0; n < 3; n += 1) (await client()).get(['/']);
    for (const one of clients) await eventually(() => expect(one.received).toContain('200 OK'));
  });
});
