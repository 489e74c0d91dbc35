import type { LookupAddress } from 'node:dns';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResolveName } from '#libs/outbound';
import { FarEnd, answerWith, rawEnd } from '../providers/far-end.suite.js';
import { OutboundHttp, type OutboundOptions } from './outbound-http.service.js';
import type { OutboundResult } from './outbound-result.js';
import { inBackground } from '../../../../test/support/in-background.js';

const farEnd = new FarEnd();
const clients: OutboundHttp[] = [];
let origin = '';
let port = '';

beforeAll(async () => {
  origin = await farEnd.start();
  ({ port } = new URL(origin));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  farEnd.seen.length = 0;
});
afterAll(() => farEnd.stop());

const allow = (...ips: string[]) => ({ checkUrl: () => null, isAllowed: (ip: string) => ips.includes(ip) });

function client(options: Partial<OutboundOptions> = {}): OutboundHttp {
  const http = new OutboundHttp({ rules: allow('127.0.0.1'), timeoutMs: 10_000, ...options });
  clients.push(http);
  return http;
}

const post = (http: OutboundHttp, url: string, changes: Partial<Parameters<OutboundHttp['post']>[0]> = {}) =>
  http.post({ url, headers: { 'x-test': 'yes' }, body: '{}', signal: new AbortController().signal, ...changes });

/** A resolver that gives these addresses, or this error, or nothing ever. */
function resolver(answer: LookupAddress[] | string | 'never'): ResolveName {
  if (answer === 'never') return () => new Promise(() => {});
  if (typeof answer === 'string') return () => Promise.reject(Object.assign(new Error(answer), { code: answer }));
  return () => Promise.resolve(answer);
}

describe('the address check', () => {
  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'holds for %s',
    async (host) => {
      const result = await post(client({ rules: allow() }), `http://${host}:${port}/`);
      expect(result).toEqual({ kind: 'unanswered', code: 'address_forbidden', detail: null });
      expect(farEnd.seen).toHaveLength(0);
    },
  );

  it('is on the address that is connected to: a name that changes its address gains nothing', async () => {
    const addresses = [{ address: '127.0.0.1', family: 4 }];
    const http = client({ rules: allow('203.0.113.7'), resolve: resolver(addresses) });
    expect(await post(http, `http://rebound.example:${port}/`)).toMatchObject({ code: 'address_forbidden' });
    expect(farEnd.seen).toHaveLength(0);
  });

  it('passes over the forbidden addresses of a name that has others', async () => {
    const addresses = [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    farEnd.answer = answerWith(200);
    const result = await post(client({ resolve: resolver(addresses) }), `http://two.example:${port}/`);
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
    expect(farEnd.seen[0]?.headers['host']).toBe(`two.example:${port}`);
  });

  it('asks the rules for the whole URL first', async () => {
    const http = client({ rules: { ...allow('127.0.0.1'), checkUrl: () => 'must begin with https://' } });
    expect(await post(http, origin)).toMatchObject({ kind: 'unanswered', code: 'address_forbidden' });
    expect(farEnd.seen).toHaveLength(0);
  });
});

describe('what stands in the way', () => {
  it('may be the name', async () => {
    const result = await post(client({ resolve: resolver('ENOTFOUND') }), 'http://nowhere.example/');
    expect(result).toEqual({ kind: 'unanswered', code: 'dns_failed', detail: null });
  });

  it('may be a name server that never answers', async () => {
    const http = client({ resolve: resolver('never'), timeoutMs: 200 });
    expect(await post(http, 'http://silent.example/')).toMatchObject({ code: 'timeout', detail: 'not_reached' });
  });

  it('is given 3 s until there is a connection, whatever time an attempt may take', async () => {
    const http = client({ resolve: resolver('never'), timeoutMs: 60_000 });
    const began = performance.now();
    expect(await post(http, 'http://silent.example/')).toMatchObject({ code: 'timeout', detail: 'not_reached' });
    expect(performance.now() - began).toBeGreaterThan(2_900);
    expect(performance.now() - began).toBeLessThan(8_000); // the rest is for a busy machine
  }, 30_000);

  it('may be a port that does not speak TLS', async () => {
    const result = await post(client(), origin.replace('http:', 'https:'));
    expect(result).toEqual({ kind: 'unanswered', code: 'tls_failed', detail: 'not_tls' });
  });

  it('may be a port that wants TLS, and says so by an alert', async () => {
    farEnd.answer = rawEnd('\u0015\u0003\u0001\u0000\u0002\u0002\u0016');
    const result = await post(client(), origin);
    expect(result).toEqual({ kind: 'unanswered', code: 'malformed_response', detail: 'tls_expected' });
  });

  it('may be a name that is too long to exist', async () => {
    const result = await post(client(), `http://${'a'.repeat(64)}.example/`);
    expect(result).toEqual({ kind: 'unanswered', code: 'dns_failed', detail: 'name_too_long' });
  });

  it('is thrown where it is our own fault', async () => {
    const broken = post(client(), origin, { headers: { 'x-bad\r\nname': 'x' } });
    await expect(broken).rejects.toThrow(/header/i);
  });
});

describe('a stop', () => {
  it('abandons all that is in flight, and nothing else', async () => {
    const stop = new AbortController();
    const answers: (() => void)[] = [];
    const arrived = new Promise<void>((resolve) => {
      farEnd.answer = (_request, response) => {
        answers.push(() => void response.end());
        if (answers.length === 21) resolve();
      };
    });
    const http = client();
    const stopped = Array.from({ length: 20 }, () => inBackground(post(http, origin, { signal: stop.signal })));
    const other = inBackground(post(http, origin));
    await arrived;
    stop.abort(new Error('the service stops'));
    const settled = await Promise.allSettled(stopped);
    expect(settled.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
      Array.from({ length: 20 }, () => 'Error: the service stops'),
    );
    for (const answer of answers) answer();
    expect(await other).toMatchObject({ status: 200 });
  });
});

describe('connections', () => {
  it('are kept for the next request', async () => {
    farEnd.answer = answerWith(200, 'ok');
    const http = client();
    for (let i = 0; i < 5; i += 1) await post(http, `${origin}/${i}`);
    // undici leaves a connection alone for one turn of the event loop, so that two take turns.
    expect(new Set(farEnd.seen.map((request) => request.port)).size).toBeLessThanOrEqual(2);
  });

  it('are bounded for one origin, and who waits for one too', async () => {
    let open = 0;
    let most = 0;
    farEnd.answer = (_request, response) => {
      most = Math.max(most, (open += 1));
      response.on('close', () => (open -= 1));
    };
    const http = client({ timeoutMs: 2_000 });
    const results = await Promise.all(Array.from({ length: 200 }, () => post(http, origin)));
    expect(results.every((result) => result.kind === 'unanswered' && result.code === 'timeout')).toBe(true);
    expect(most).toBeGreaterThanOrEqual(32);
    expect(most).toBeLessThanOrEqual(128);
    farEnd.answer = answerWith(200);
    expect(await post(http, origin)).toMatchObject({ status: 200 });
  });

  it('go straight to the destination, whatever proxy the environment names', async () => {
    process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:1';
    farEnd.answer = answerWith(200);
    const result = await post(client(), origin);
    delete process.env['HTTP_PROXY'];
    delete process.env['http_proxy'];
    expect(result).toMatchObject({ status: 200 });
  });

  it('close when what is in flight has ended', async () => {
    let answer = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      farEnd.answer = (_request, response) => {
        answer = () => void response.end('late');
        resolve();
      };
    });
    const http = new OutboundHttp({ rules: allow('127.0.0.1'), timeoutMs: 10_000 });
    const running = inBackground(post(http, origin));
    await arrived;
    const closed = inBackground(http.close());
    answer();
    expect(await running).toMatchObject({ status: 200, body: 'late' });
    await closed;
  });
});

describe('an answer', () => {
  const answered = async (answer: typeof farEnd.answer): Promise<OutboundResult> => {
    farEnd.answer = answer;
    return post(client(), origin);
  };

  it('is given as it came, also a redirect', async () => {
    const redirect = answerWith(307, 'over there', { location: `${origin}/elsewhere`, 'X-Rate': '1' });
    expect(await answered(redirect)).toMatchObject({
      status: 307,
      body: 'over there',
      cut: null,
      headers: { location: `${origin}/elsewhere`, 'x-rate': '1' },
    });
    expect(farEnd.seen).toHaveLength(1);
  });

  it('is not decompressed, and not asked for compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const result = await answered((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(result).toMatchObject({ status: 200, body: bomb.toString('utf8') });
    expect(farEnd.seen[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  it.each([
    [0, null],
    [1, 'response_too_large'],
  ])('that is %i bytes longer than 64 KB, its head counted, is cut: %s', async (more, cut) => {
    const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n';
    const body = 'x'.repeat(64 * 1024 - head.length);
    const result = await answered(rawEnd(head + body + 'x'.repeat(more)));
    expect(result).toMatchObject({ status: 200, cut, body });
  });
});
