import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { buildAttemptRequest, buildIntegrationState } from '../build-attempt-request.suite.js';
import { describeHttpProvider } from '../describe-http-provider.suite.js';
import { FarEnd, answerWith, rawEnd, type Answer } from '../far-end.suite.js';
import { DiscordProvider } from './discord.provider.js';

const credentials = { id: '1234567890123456789', token: 'aB3_S3cretToken-OfTheWebhook' };
const homepage = 'https://admin.example';
const at = (http: OutboundHttp, origin: string): DiscordProvider =>
  new DiscordProvider(http, { baseUrl: `${origin}/discord`, homepage });

describeHttpProvider('discord', {
  build: at,
  credentials: () => credentials,
  secrets: [credentials.token],
  accepted: answerWith(200, '{"id":"1"}'),
  gone: answerWith(404, '{"message":"Unknown Webhook","code":10015}'),
  shown: (body) => unescaped(JSON.parse(body)),
});

/** All texts of a message, without the backslashes that keep what was typed from being markup. */
function unescaped(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\\([^0-9A-Za-z\s])/g, '$1');
  return typeof value === 'object' && value !== null ? Object.values(value).map(unescaped).join('\n') : '';
}

describe('Discord', () => {
  const farEnd = new FarEnd();
  const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
  const http = new OutboundHttp({ rules, timeoutMs: 5_000 });
  const state = buildIntegrationState({ provider: 'discord' });
  const other = buildIntegrationState({ provider: 'discord' });
  let origin = '';
  let provider: DiscordProvider;

  beforeAll(async () => {
    origin = await farEnd.start();
  });
  beforeEach(() => {
    farEnd.seen.length = 0;
    provider = at(http, origin);
  });
  afterAll(async () => {
    await http.close();
    await farEnd.stop();
  });

  const attempt = (status: number, body: object | null, headers: Record<string, string> = {}) => {
    farEnd.answer = answerWith(status, body ? JSON.stringify(body) : '', headers);
    return provider.attempt(buildAttemptRequest({ credentials, state }));
  };
  const waits = (): number[] =>
    [state, other].map((one) => Math.ceil(provider.gate(one).waitMs(performance.now()) / 1_000));

  it('receives JSON that mentions nobody, at a version that is written out', async () => {
    expect(await attempt(200, { id: '1' })).toMatchObject({ kind: 'delivered', statusCode: 200 });
    const [seen] = farEnd.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      url: `/discord/api/v10/webhooks/${credentials.id}/${credentials.token}?wait=true`,
      headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (https://admin.example, 1.0)' },
    });
    expect(JSON.parse(seen!.body)).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  it('names itself in plain letters, whatever the alphabet of our address', async () => {
    const named = new DiscordProvider(http, { baseUrl: origin, homepage: 'https://bücher.example/admin' });
    farEnd.answer = answerWith(204);
    await named.attempt(buildAttemptRequest({ credentials }));
    expect(farEnd.seen[0]!.headers['user-agent']).toBe('DiscordBot (https://xn--bcher-kva.example, 1.0)');
  });

  it('may keep what it took to itself', async () => {
    expect(await attempt(204, null)).toEqual({ kind: 'delivered', statusCode: 204, responseBody: null });
  });

  it('is told by its own code', async () => {
    expect(await attempt(404, { message: 'Unknown Webhook', code: 10015 })).toEqual({
      kind: 'failed',
      code: 'destination_missing',
      statusCode: 404,
      error: 'Discord says that this webhook was deleted. Reconnect to get a new one.',
      responseBody: '{"message":"Unknown Webhook","code":10015}',
      responseHeaders: { date: expect.any(String) as string },
      retryAfterMs: null,
      permanent: true,
      ownSign: true,
      retryable: true,
    });
  });

  it('takes no more of a message whose form is wrong', async () => {
    const outcome = await attempt(400, { message: 'Invalid Form Body', code: 50035 });
    expect(outcome).toMatchObject({ code: 'message_rejected', permanent: false, retryable: false });
  });

  it('shows neither id nor token where it repeats them', async () => {
    const { responseBody } = await attempt(200, { id: '1', webhook_id: credentials.id, token: credentials.token });
    expect(responseBody).toBe('{"id":"1","webhook_id":"[redacted]","token":"[redacted]"}');
  });

  it('says with every answer what a webhook still takes', async () => {
    await attempt(200, { id: '1' }, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '9.5' });
    expect(waits()).toEqual([10, 0]);
  });

  it('shuts the gate of one webhook', async () => {
    const outcome = await attempt(429, { retry_after: 6.5, global: false }, { 'retry-after': '7' });
    expect(outcome).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
    expect(waits()).toEqual([7, 0]);
  });

  it.each<[string, Answer, number]>([
    ['Discord says so', answerWith(429, '{"retry_after":3,"global":true}'), 3],
    ['Discord says so in a header', answerWith(429, '{}', { 'x-ratelimit-global': 'true', 'retry-after': '4' }), 4],
    ['Cloudflare says so', answerWith(429, 'error code: 1015', { 'retry-after': '6' }), 6],
    ['Cloudflare says so and not for how long', answerWith(429, 'error code: 1015'), 300],
    ['a page says so', answerWith(429, '<html>Too Many Requests</html>', { 'retry-after': '6' }), 6],
    ['an answer that is cut short says so', rawEnd('HTTP/1.1 429 x\r\nretry-after: 6\r\ncontent-length: 9\r\n\r\n'), 6],
  ])('shuts the gate of all of them where %s', async (_case, answer, seconds) => {
    farEnd.answer = answer;
    const outcome = await provider.attempt(buildAttemptRequest({ credentials, state }));
    expect(outcome).toMatchObject({ code: 'rate_limited', gated: true, permanent: false });
    expect(waits()).toEqual([seconds, seconds]);
  });

  it.each([{ id: credentials.id }, { id: '../../users', token: 'x' }, { id: '1', token: '../x' }])(
    'is not called with %j',
    async (unusable) => {
      const outcome = await provider.attempt(buildAttemptRequest({ credentials: unusable }));
      expect(outcome).toMatchObject({ code: 'credentials_revoked', permanent: true });
      expect(farEnd.seen).toHaveLength(0);
    },
  );
});
