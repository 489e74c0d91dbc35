import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { buildAttemptRequest, buildIntegrationState } from '../build-attempt-request.suite.js';
import { describeHttpProvider } from '../describe-http-provider.suite.js';
import { FarEnd, answerWith } from '../far-end.suite.js';
import { WebhookProvider } from './webhook.provider.js';

const PATH = '/services/T0PS3CRET/caf%C3%A9-au-lait?token=qu3ry-s3cret';
const TOKEN = 's3cr3t-token';

describeHttpProvider('webhook', {
  build: (http) => new WebhookProvider(http),
  credentials: (origin) => ({ url: origin + PATH, authorization: `Bearer ${TOKEN}` }),
  secrets: [PATH, 'T0PS3CRET', 'caf%C3%A9-au-lait', 'café-au-lait', 'qu3ry-s3cret', TOKEN],
  accepted: answerWith(204),
  statusDecides: true,
});

describe('what a webhook receives', () => {
  const farEnd = new FarEnd();
  const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
  const http = new OutboundHttp({ rules, timeoutMs: 5_000 });
  const provider = new WebhookProvider(http, { homepage: 'https://bücher.example/admin' });
  let credentials: { url: string; authorization: string };

  beforeAll(async () => {
    credentials = { url: (await farEnd.start()) + PATH, authorization: `Bearer ${TOKEN}` };
  });
  afterAll(async () => {
    await http.close();
    await farEnd.stop();
  });

  it('is a signed POST to the whole address', async () => {
    const request = buildAttemptRequest({ credentials, attempt: 2 });
    farEnd.answer = answerWith(201, 'thanks');
    expect(await provider.attempt(request)).toEqual({ kind: 'delivered', statusCode: 201, responseBody: 'thanks' });
    const seen = farEnd.seen.at(-1)!;
    expect(seen).toMatchObject({ method: 'POST', url: PATH });
    expect(seen.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(seen.body).toString(),
      'webhook-id': request.deliveryId,
      'np-attempt': '2',
      accept: '*/*',
      'user-agent': 'NitroPush-Notifications/1 (+https://xn--bcher-kva.example)',
    });
    expect(seen.headers).not.toHaveProperty('accept-encoding');
    const verified = new Webhook(request.signingSecrets[0]!).verify(seen.body, seen.headers as Record<string, string>);
    expect(verified).toMatchObject({ type: request.event.type, data: { eventId: request.event.id } });
  });

  it('carries text of any alphabet', async () => {
    const request = buildAttemptRequest({ credentials });
    request.event.data.release.description = 'Größer, 更快, 🚀 "quoted"\n\u2028';
    farEnd.answer = answerWith(200);
    await provider.attempt(request);
    const seen = farEnd.seen.at(-1)!;
    new Webhook(request.signingSecrets[0]!).verify(seen.body, seen.headers as Record<string, string>);
    expect(seen.body).toContain('更快, 🚀');
  });

  it('is nothing without a signing secret', async () => {
    farEnd.seen.length = 0;
    const outcome = await provider.attempt(buildAttemptRequest({ credentials, signingSecrets: [] }));
    expect(outcome).toMatchObject({ kind: 'failed', code: 'credentials_revoked', permanent: true });
    expect(farEnd.seen).toHaveLength(0);
  });

  it('comes one at a time unless the webhook asks for more', () => {
    expect(provider.concurrency(buildIntegrationState())).toBe(1);
    expect(provider.concurrency(buildIntegrationState({ concurrency: 8 }))).toBe(8);
  });
});
