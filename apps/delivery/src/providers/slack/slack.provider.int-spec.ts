import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { buildAttemptRequest, buildIntegrationState } from '../build-attempt-request.suite.js';
import { describeHttpProvider } from '../describe-http-provider.suite.js';
import { FarEnd, answerWith } from '../far-end.suite.js';
import { SlackProvider } from './slack.provider.js';

const PATH = '/slack/services/T0ACME123/B0HOOK456/S3cretOfTheHook';

describeHttpProvider('slack', {
  build: (http, origin) => new SlackProvider(http, { baseUrl: `${origin}/slack`, httpsOnly: false }),
  credentials: (origin) => ({ url: origin + PATH }),
  secrets: [PATH, 'T0ACME123', 'B0HOOK456', 'S3cretOfTheHook'],
  accepted: answerWith(200, 'ok'),
  gone: answerWith(404, 'no_service'),
});

describe('Slack', () => {
  const farEnd = new FarEnd();
  const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
  const http = new OutboundHttp({ rules, timeoutMs: 5_000 });
  let origin = '';
  let provider: SlackProvider;

  beforeAll(async () => {
    origin = await farEnd.start();
  });
  beforeEach(() => {
    farEnd.seen.length = 0;
    farEnd.answer = answerWith(200, 'ok');
    const homepage = 'https://admin.example';
    provider = new SlackProvider(http, { baseUrl: `${origin}/slack`, httpsOnly: false, homepage });
  });
  afterAll(async () => {
    await http.close();
    await farEnd.stop();
  });

  const HEADERS = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'NitroPush-Notifications/1 (+https://admin.example)',
  };

  it('receives JSON at the address of the webhook', async () => {
    const outcome = await provider.attempt(buildAttemptRequest({ credentials: { url: origin + PATH } }));
    expect(outcome).toEqual({ kind: 'delivered', statusCode: 200, responseBody: 'ok' });
    const [seen] = farEnd.seen;
    expect(seen).toMatchObject({ method: 'POST', url: PATH, headers: HEADERS });
    expect(JSON.parse(seen!.body)).toMatchObject({ text: expect.stringContaining('NitroPush iOS') as string });
  });

  it.each(['https://hooks.slack.com', 'http://127.0.0.2:1', 'http://localhost:1'])(
    'is never at %s where its base is elsewhere',
    async (elsewhere) => {
      const outcome = await provider.attempt(buildAttemptRequest({ credentials: { url: elsewhere + PATH } }));
      expect(outcome).toMatchObject({
        code: 'credentials_revoked',
        permanent: true,
        error: 'The saved address is not one of a Slack webhook. Reconnect to get a new one.',
      });
    },
  );

  it('is not called without TLS in production', async () => {
    const strict = new SlackProvider(http, { baseUrl: `${origin}/slack`, httpsOnly: true });
    const outcome = await strict.attempt(buildAttemptRequest({ credentials: { url: origin + PATH } }));
    expect(outcome).toMatchObject({ code: 'credentials_revoked', permanent: true });
    expect(farEnd.seen).toHaveLength(0);
  });

  it('is told by its own words', async () => {
    farEnd.answer = answerWith(404, 'channel_is_archived');
    const outcome = await provider.attempt(buildAttemptRequest({ credentials: { url: origin + PATH } }));
    expect(outcome).toEqual({
      kind: 'failed',
      code: 'destination_missing',
      statusCode: 404,
      error: 'Slack says that this channel is archived. Unarchive it, or reconnect to another channel.',
      responseBody: 'channel_is_archived',
      responseHeaders: { date: expect.any(String) as string },
      retryAfterMs: null,
      permanent: true,
      ownSign: true,
      retryable: true,
    });
  });

  it('takes no more of a message that it cannot read', async () => {
    farEnd.answer = answerWith(400, 'invalid_blocks');
    const outcome = await provider.attempt(buildAttemptRequest({ credentials: { url: origin + PATH } }));
    expect(outcome).toMatchObject({ code: 'message_rejected', permanent: false, retryable: false });
  });

  it('shuts the gate of the one channel that it asks fewer messages for', async () => {
    const credentials = { url: origin + PATH };
    const state = buildIntegrationState({ provider: 'slack' });
    farEnd.answer = answerWith(429, 'rate_limited', { 'retry-after': '30' });
    const before = performance.now();
    const outcome = await provider.attempt(buildAttemptRequest({ credentials, state }));
    expect(outcome).toMatchObject({ code: 'rate_limited', retryAfterMs: 30_000, retryable: true });
    const now = performance.now();
    const wait = provider.gate(state).waitMs(now);
    expect(wait).toBeGreaterThanOrEqual(30_000 - (now - before));
    expect(wait).toBeLessThanOrEqual(30_000);
    expect(provider.gate(buildIntegrationState()).waitMs(performance.now())).toBe(0);
    expect(provider.gate({ ...state, credentialsVersion: 2 }).waitMs(performance.now())).toBe(0);
  });

  it.each<[string, Record<string, string>, number]>([
    ['says for how long', { 'retry-after': '30' }, 30],
    ['does not say for how long', {}, 300],
  ])('is called for no channel where a page of a proxy asks for fewer, and %s', async (_case, headers, seconds) => {
    const limited = new SlackProvider(http, { baseUrl: `${origin}/slack`, httpsOnly: false });
    const [state, other] = [buildIntegrationState({ provider: 'slack' }), buildIntegrationState({ provider: 'slack' })];
    farEnd.answer = answerWith(429, '<html>Too Many Requests</html>', headers);
    const outcome = await limited.attempt(buildAttemptRequest({ credentials: { url: origin + PATH }, state }));
    expect(outcome).toMatchObject({ code: 'rate_limited', gated: true, permanent: false });
    for (const one of [state, other])
      expect(Math.ceil(limited.gate(one).waitMs(performance.now()) / 1_000)).toBe(seconds);
  });

  it('has one gate a destination', () => {
    const state = buildIntegrationState({ provider: 'slack' });
    const now = performance.now();
    for (let i = 0; i < 3; i += 1) provider.gate(state).take(now);
    expect(provider.gate({ ...state, version: 2 }).waitMs(now)).toBeGreaterThan(900);
    expect(provider.concurrency()).toBe(1);
  });
});
