import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { buildAttemptRequest } from '../build-attempt-request.suite.js';
import { webhookMessage } from './webhook.message.js';

const CURRENT = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const request = buildAttemptRequest({ deliveryId: 'delivery-1', attempt: 3, signingSecrets: [CURRENT, OLD] });

describe('a webhook message', () => {
  it.each([CURRENT, OLD])('verifies under every valid secret', (secret) => {
    const { headers, body } = webhookMessage(request, null, Date.now());
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'release.promoted' });
  });

  it('does not verify under another secret, body or id', () => {
    const { headers, body } = webhookMessage(request, null, Date.now());
    expect(() => new Webhook('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA').verify(body, headers)).toThrow(
      /no matching signature/i,
    );
    expect(() => new Webhook(CURRENT).verify(`${body} `, headers)).toThrow(/no matching signature/i);
    expect(() => new Webhook(CURRENT).verify(body, { ...headers, 'webhook-id': 'delivery-2' })).toThrow(
      /no matching signature/i,
    );
  });

  it('has these headers', () => {
    expect(webhookMessage(request, 'Bearer abc', 1_700_000_000_999).headers).toEqual({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^NitroPush-Notifications\/1 /) as string,
      'webhook-id': 'delivery-1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': expect.stringMatching(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/) as string,
      'np-attempt': '3',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/) as string,
      authorization: 'Bearer abc',
    });
  });

  it('passes a trace on and sends no Authorization where there is none', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { headers } = webhookMessage({ ...request, traceparent }, null, 0);
    expect(headers['traceparent']).toBe(traceparent);
    expect(headers).not.toHaveProperty('authorization');
  });
});
