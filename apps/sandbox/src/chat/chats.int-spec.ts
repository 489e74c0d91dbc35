import { createHash } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../start-sandbox.suite.js';
import type { ChannelWithMessages } from './chat.dto.js';

type Product = 'slack' | 'discord';
const CALLBACK = 'http://localhost:4000/api/v1/oauth/x/callback';
let origin: string;
let app: NestExpressApplication;

beforeAll(async () => {
  ({ app, origin } = await startSandbox());
});
afterAll(() => app.close());

const PATHS = { slack: '/slack/oauth/v2/authorize', discord: '/discord/oauth2/authorize' };
const TOKENS = { slack: '/slack/api/oauth.v2.access', discord: '/discord/api/oauth2/token' };
const SCOPES = { slack: 'incoming-webhook', discord: 'webhook.incoming' };

function authorizeUrl(product: Product, more: Record<string, string> = {}): string {
  const query = {
    client_id: `sandbox-${product}-client`,
    scope: SCOPES[product],
    redirect_uri: CALLBACK,
    state: 'the-state',
    response_type: 'code',
    ...more,
  };
  return `${origin}${PATHS[product]}?${new URLSearchParams(query).toString()}`;
}

async function codeFor(product: Product, channel: string, more?: Record<string, string>): Promise<string> {
  const response = await json('POST', `/api/${product}/approve`, {
    authorizeUrl: authorizeUrl(product, more),
    channel,
  });
  const { redirect } = (await response.json()) as { redirect: string };
  expect(redirect).toContain(`${CALLBACK}?`);
  expect(new URL(redirect).searchParams.get('state')).toBe('the-state');
  return new URL(redirect).searchParams.get('code')!;
}

const token = (product: Product, form: Record<string, string>): Promise<Response> =>
  fetch(`${origin}${TOKENS[product]}`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: `sandbox-${product}-client`,
      client_secret: `sandbox-${product}-secret`,
      grant_type: 'authorization_code',
      redirect_uri: CALLBACK,
      ...form,
    }),
  });

const json = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(path.startsWith('http') ? path : `${origin}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

interface SlackGrant {
  incoming_webhook: { channel: string; channel_id: string; url: string };
}
interface DiscordGrant {
  webhook: { id: string; token: string; name: string; url: string };
}

async function slackWebhook(channel: string): Promise<string> {
  const answer = (await (await token('slack', { code: await codeFor('slack', channel) })).json()) as SlackGrant;
  expect(answer).toMatchObject({ ok: true, team: { name: 'Acme' }, incoming_webhook: { channel } });
  return answer.incoming_webhook.url;
}

async function discordWebhook(channel: string): Promise<string> {
  const { webhook } = (await (
    await token('discord', { code: await codeFor('discord', channel) })
  ).json()) as DiscordGrant;
  return `${origin}/discord/api/v10/webhooks/${webhook.id}/${webhook.token}?wait=true`;
}

const BOT = { 'user-agent': 'DiscordBot (https://nitropush.example, 1.0)' };
const seen = async (product: Product, channel: string): Promise<ChannelWithMessages> =>
  (
    await fetch(`${origin}/api/${product}/channels/${encodeURIComponent(channel)}`)
  ).json() as Promise<ChannelWithMessages>;
const behave = (product: Product, channel: string, body: unknown): Promise<Response> =>
  json('PUT', `/api/${product}/channels/${encodeURIComponent(channel)}/behaviour`, body);

describe.each(['slack', 'discord'] as const)('signing in at %s', (product) => {
  it('shows a page with a channel picker, and comes back with a code or a refusal', async () => {
    const page = await fetch(authorizeUrl(product));
    const html = await page.text();
    expect(html).toContain('value="#ops"');
    expect(html).not.toMatch(/<script|style=/);
    const decide = (form: Record<string, string>): Promise<Response> =>
      fetch(authorizeUrl(product), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    const allowed = await decide({ decision: 'allow', channel: '#ops' });
    expect([allowed.status, allowed.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/[?&]code=.+&state=the-state$/),
    ]);
    const denied = await decide({ decision: 'deny' });
    expect(denied.headers.get('location')).toBe(`${CALLBACK}?error=access_denied&state=the-state`);
    expect((await decide({ decision: 'allow', new: '<script>' })).status).toBe(400);
  });

  it.each([
    ['another client', { client_id: 'x' }],
    ['another scope', { scope: 'admin' }],
    ['no address', { redirect_uri: 'javascript:alert(1)' }],
  ])('is refused to %s, without going anywhere', async (_case, more) => {
    const response = await fetch(authorizeUrl(product, more), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it('takes a code once, with the same address and the right secret', async () => {
    const code = await codeFor(product, '#ops');
    const refused = async (form: Record<string, string>): Promise<string> =>
      ((await (await token(product, form)).json()) as { error: string }).error;
    const [secret, used, unknown, address] =
      product === 'slack'
        ? ['bad_client_secret', 'code_already_used', 'invalid_code', 'bad_redirect_uri']
        : ['invalid_client', 'invalid_grant', 'invalid_grant', 'invalid_grant'];
    expect(await refused({ code, client_secret: 'x' })).toBe(secret);
    expect((await token(product, { code })).status).toBe(200);
    expect(await refused({ code })).toBe(used);
    expect(await refused({ code: 'x' })).toBe(unknown);
    expect(await refused({ code: await codeFor(product, '#ops'), redirect_uri: 'http://x.example' })).toBe(address);
    const asJson = await json('POST', TOKENS[product], { code });
    expect(((await asJson.json()) as { error: string }).error).toMatch(/^invalid_/);
  });
});

it('Discord asks for the proof that a challenge announced', async () => {
  const challenge = createHash('sha256').update('the-verifier').digest('base64url');
  const more = { code_challenge: challenge, code_challenge_method: 'S256' };
  expect((await token('discord', { code: await codeFor('discord', '#ops', more) })).status).toBe(400);
  const form = { code: await codeFor('discord', '#ops', more), code_verifier: 'the-verifier' };
  expect((await token('discord', form)).status).toBe(200);
});

describe('a Slack webhook', () => {
  it('takes a message and shows it', async () => {
    const url = await slackWebhook('#takes');
    const response = await json('POST', url, { text: 'hello' });
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect(await seen('slack', '#takes')).toMatchObject({ received: 1, items: [{ payload: { text: 'hello' } }] });
  });

  it('is known again after a restart, and nobody can make one up', async () => {
    const url = await slackWebhook('#kept');
    const second = await startSandbox();
    const moved = url.replace(origin, second.origin);
    expect((await json('POST', moved, { text: 'x' })).status).toBe(200);
    expect(await (await json('POST', `${moved}x`, { text: 'x' })).text()).toBe('invalid_token');
    expect(await (await json('POST', moved.replace(/B\w+/, 'B1'), { text: 'x' })).text()).toBe('no_service');
    await second.app.close();
  });

  it('asks for patience beyond a burst of three and one a second', async () => {
    const url = await slackWebhook('#pace');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => json('POST', url, { text: String(n) })));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
    const refused = answers.find(({ status }) => status !== 200)!;
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  });

  it.each([
    ['revoked', 404, 'no_service'],
    ['deleted', 404, 'channel_not_found'],
    ['archived', 410, 'channel_is_archived'],
    ['error', 500, 'rollup_error'],
    ['rate-limited', 429, 'rate_limited'],
    ['address-limited', 429, '<html><title>429 Too Many Requests</title></html>'],
    ['blocked', 403, '<html><title>403 Forbidden</title><body>Blocked by your network policy</body></html>'],
  ])('answers as its switch says: %s', async (mode, status, text) => {
    const url = await slackWebhook(`#is-${mode}`);
    await behave('slack', `#is-${mode}`, { mode, retryAfterSeconds: 17 });
    const response = await json('POST', url, { text: 'x' });
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(response.headers.get('retry-after')).toBe(mode.endsWith('-limited') ? '17' : null);
    expect(await seen('slack', `#is-${mode}`)).toMatchObject({ received: 0, refused: 1 });
    await behave('slack', `#is-${mode}`, { mode: 'ok' });
    expect((await json('POST', url, { text: 'x' })).status).toBe(200);
  });

  it('that is revoked stays so, and one that is made afterwards works', async () => {
    const old = await slackWebhook('#again');
    await behave('slack', '#again', { mode: 'revoked' });
    expect((await json('POST', old, { text: 'x' })).status).toBe(404);
    await new Promise((resolve) => setImmediate(resolve));
    const fresh = await slackWebhook('#again');
    expect((await json('POST', fresh, { text: 'x' })).status).toBe(200);
    expect((await json('POST', old, { text: 'x' })).status).toBe(404);
  });
});

describe('a Discord webhook', () => {
  it('takes a message and shows it, and waits where it is asked to', async () => {
    const url = await discordWebhook('#takes');
    const response = await json('POST', url, { embeds: [{ title: 'hello' }] }, BOT);
    expect([response.status, await response.json()]).toMatchObject([200, { embeds: [{ title: 'hello' }] }]);
    expect(response.headers.get('x-ratelimit-remaining')).toBe('4');
    expect((await json('POST', url.replace('?wait=true', ''), { content: 'x' }, BOT)).status).toBe(204);
    expect(await seen('discord', '#takes')).toMatchObject({ received: 2 });
  });

  it('wants to know who calls, and knows its own alone', async () => {
    const url = await discordWebhook('#knows');
    expect((await json('POST', url, { content: 'x' })).status).toBe(403);
    const refusal = async (address: string): Promise<unknown> =>
      (await json('POST', address, { content: 'x' }, BOT)).json();
    expect(await refusal(url.replace('?', 'x?'))).toMatchObject({ code: 50_027 });
    expect(await refusal(url.replace(/webhooks\/\d+/, 'webhooks/123'))).toMatchObject({ code: 10_015 });
  });

  it('tells the wait in seconds since v8, and in milliseconds without a version', async () => {
    const url = await discordWebhook('#limited');
    await behave('discord', '#limited', { mode: 'rate-limited', retryAfterSeconds: 3 });
    const asked = async (address: string): Promise<unknown[]> => {
      const response = await json('POST', address, { content: 'x' }, BOT);
      return [
        response.status,
        response.headers.get('retry-after'),
        ((await response.json()) as { retry_after: number }).retry_after,
      ];
    };
    expect(await asked(url)).toEqual([429, '3', 3]);
    expect(await asked(url.replace('/v10', ''))).toEqual([429, '3000', 3_000]);
  });

  it.each<[object, number, string, string | null]>([
    [{ mode: 'blocked' }, 403, 'error code: 1010', null],
    [{ mode: 'address-limited', retryAfterSeconds: 6 }, 429, 'error code: 1015', '6'],
    [{ mode: 'address-limited', retryAfterSeconds: 0 }, 429, 'error code: 1015', null],
  ])('has Cloudflare in front of it: %j', async (behaviour, status, text, retryAfter) => {
    const url = await discordWebhook('#in-front');
    await behave('discord', '#in-front', behaviour);
    const response = await json('POST', url, { content: 'x' }, BOT);
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect([...response.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it('takes five in two seconds', async () => {
    const url = await discordWebhook('#pace');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => json('POST', url, { content: String(n) }, BOT)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
    expect(statuses).toContain(429);
  });

  it.each([
    ['revoked', 404, 10_015],
    ['deleted', 404, 10_003],
    ['error', 500, 0],
  ])('answers as its switch says: %s', async (mode, status, code) => {
    const url = await discordWebhook(`#is-${mode}`);
    await behave('discord', `#is-${mode}`, { mode });
    const response = await json('POST', url, { content: 'x' }, BOT);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });
});

it.each([
  ['an unknown product', '/api/irc/channels/x/behaviour', { mode: 'ok' }, 404],
  ['an unknown mode', '/api/slack/channels/ops/behaviour', { mode: 'explode' }, 400],
  ['an unknown field', '/api/slack/channels/ops/behaviour', { mode: 'ok', colour: 1 }, 400],
])('refuses %s', async (_case, path, body, status) => expect((await json('PUT', path, body)).status).toBe(status));
