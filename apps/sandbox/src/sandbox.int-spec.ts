import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from './start-sandbox.suite.js';
import type { InboxView, InboxWithRequests } from './webhook-inbox/inbox.dto.js';
import { eventually } from '../../../test/support/eventually.js';

let app: NestExpressApplication;
let origin: string;

beforeAll(async () => {
  ({ app, origin } = await startSandbox());
});

afterAll(() => app.close());

const post = (name: string, body = '{"hello":"world"}', headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${origin}/inbox/${name}`, { method: 'POST', body, headers, redirect: 'manual' });

const put = (path: string, body: unknown): Promise<Response> =>
  fetch(`${origin}/api/inboxes/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const inbox = async (name: string, query = ''): Promise<InboxWithRequests> =>
  (await fetch(`${origin}/api/inboxes/${name}${query}`)).json() as Promise<InboxWithRequests>;

/** The answer's head only: for bodies that are not meant to be read whole. */
async function head(name: string): Promise<IncomingMessage> {
  const request = httpRequest(`${origin}/inbox/${name}`, { method: 'POST' }).end('{}');
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

describe('webhook inbox', () => {
  it('keeps what it receives, oldest first, with credentials masked', async () => {
    await post('keeps', '{"n":1}', { authorization: 'Bearer very-secret', 'content-type': 'application/json' });
    await fetch(`${origin}/inbox/keeps/deeper?x=1`, { method: 'PUT', body: 'plain' });
    const { items, received } = await inbox('keeps');
    expect(received).toBe(2);
    expect(items).toMatchObject([
      { id: 1, method: 'POST', path: '/inbox/keeps', body: '{"n":1}', json: { n: 1 }, signature: 'unchecked' },
      { id: 2, method: 'PUT', path: '/inbox/keeps/deeper?x=1', body: 'plain', json: null },
    ]);
    expect(items[0]?.headers['authorization']).toBe('Bearer ••••');
    expect(JSON.stringify(items)).not.toContain('very-secret');
    expect((await inbox('keeps', '?since=1')).items.map(({ id }) => id)).toEqual([2]);
  });

  it('keeps the last 200 and counts all', async () => {
    for (let n = 1; n <= 205; n += 1) await post('many', String(n));
    const { items, received } = await inbox('many');
    expect(received).toBe(205);
    expect([items.length, items[0]?.id, items.at(-1)?.body]).toEqual([200, 6, '205']);
  });

  it('shows the first 64 KB of a large body', async () => {
    await post('large', 'x'.repeat(100_000));
    const [request] = (await inbox('large')).items;
    expect([request?.body.length, request?.bytes]).toEqual([65_536, 100_000]);
  });

  it.each([
    ['ok', 200],
    ['error', 500],
    ['revoked', 410],
    ['redirect', 302],
    ['rate-limited', 429],
  ])('%s answers %i', async (mode, status) => {
    await put(`m-${mode}/behaviour`, { mode, retryAfterSeconds: 17 });
    const response = await post(`m-${mode}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(mode === 'rate-limited' ? '17' : null);
    expect(response.headers.get('location')).toBe(mode === 'redirect' ? '/inbox/m-redirect-redirected' : null);
    expect((await inbox(`m-${mode}`)).items[0]?.answered).toEqual({ mode, statusCode: status });
  });

  it('refuse resets the connection, and shows what was sent', async () => {
    await put('refuses/behaviour', { mode: 'refuse' });
    await expect(post('refuses')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect((await inbox('refuses')).items).toMatchObject([
      { json: { hello: 'world' }, answered: { mode: 'refuse', statusCode: null } },
    ]);
  });

  it('hang answers nothing', async () => {
    await put('hangs/behaviour', { mode: 'hang' });
    const leave = new AbortController();
    const answer = fetch(`${origin}/inbox/hangs`, { method: 'POST', signal: leave.signal }).then(
      () => 'answered',
      (error: Error) => error.name,
    );
    await eventually(async () =>
      expect((await inbox('hangs')).items).toMatchObject([{ answered: { mode: 'hang', statusCode: null } }]),
    );
    leave.abort();
    expect(await answer).toBe('AbortError');
  });

  it('slow takes its time', async () => {
    await put('slow/behaviour', { mode: 'slow', delayMs: 200 });
    const startedAt = performance.now();
    expect((await post('slow')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  it('drip begins an answer and does not end it', async () => {
    await put('drips/behaviour', { mode: 'drip' });
    const response = await head('drips');
    const [first] = (await once(response, 'data')) as [Buffer];
    expect([response.statusCode, first.length, response.complete]).toEqual([200, 1, false]);
    response.destroy();
  });

  it('huge sends as much as the sender takes', async () => {
    await put('huge/behaviour', { mode: 'huge' });
    const response = await head('huge');
    expect(response.headers['content-length']).toBe(String(200 * 1024 * 1024));
    let read = 0;
    for await (const chunk of response) {
      read += (chunk as Buffer).length;
      if (read > 5_000_000) break;
    }
    expect(read).toBeGreaterThan(5_000_000);
  });

  it('fails the next n and then works again', async () => {
    await put('next/behaviour', { mode: 'error', times: 2 });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await post('next')).status);
    expect(statuses).toEqual([500, 500, 200]);
    expect((await inbox('next')).behaviour).toMatchObject({ mode: 'ok', times: null });
  });

  it('checks signatures once it has the secret', async () => {
    const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    const view = (await (await put('signed/secret', { signingSecret: secret })).json()) as InboxView;
    expect(view.checksSignatures).toBe(true);
    expect(JSON.stringify(view)).not.toContain(secret);
    const now = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', now, '{"a":1}'),
    };
    await post('signed', '{"a":1}', headers);
    await post('signed', '{"a":2}', headers);
    await put('signed/secret', { signingSecret: null });
    await post('signed', '{"a":1}', headers);
    const states = (await inbox('signed')).items.map(({ signature }) => signature);
    expect(states).toEqual(['verified', 'failed', 'unchecked']);
  });

  it('is cleared', async () => {
    await post('cleared');
    expect((await fetch(`${origin}/api/inboxes/cleared/requests`, { method: 'DELETE' })).status).toBe(204);
    expect((await inbox('cleared')).items).toEqual([]);
  });

  it('streams what comes', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${origin}/api/inboxes/streamed/stream`, { signal: stop.signal });
    await post('elsewhere');
    await post('streamed', '{"seen":true}');
    let text = '';
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('"seen":true')) break;
    }
    stop.abort();
    expect(text).toContain('event: request');
    expect(text).not.toContain('elsewhere');
  });

  it.each([
    ['an unknown mode', 'x/behaviour', { mode: 'explode' }],
    ['an unknown field', 'x/behaviour', { mode: 'ok', colour: 'red' }],
    ['a wrong count', 'x/behaviour', { mode: 'error', times: 0 }],
    ['a wrong secret', 'x/secret', { signingSecret: 'hunter2' }],
    ['a wrong name', 'a.b/behaviour', { mode: 'ok' }],
  ])('refuses %s with a problem document', async (_case, path, body) => {
    const response = await put(path, body);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('lists the inboxes', async () => {
    await post('listed');
    const { items } = (await (await fetch(`${origin}/api/inboxes`)).json()) as { items: InboxView[] };
    expect(items.find(({ name }) => name === 'listed')).toMatchObject({ path: '/inbox/listed', received: 1 });
  });

  it('serves its page with nothing from elsewhere', async () => {
    const page = await fetch(origin);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="https?:/);
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect([path, (await fetch(origin + path)).status]).toEqual([path, 200]);
  });
});
