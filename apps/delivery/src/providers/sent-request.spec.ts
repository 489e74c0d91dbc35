import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '#libs/providers';
import { buildAttemptRequest } from './build-attempt-request.suite.js';
import { sentRequest } from './provider-list.js';
import { webhookMessage } from './webhook/webhook.message.js';

const SECRET = `whsec_${Buffer.from('a signing secret of ours').toString('base64')}`;
const attempt = { number: 2, startedAt: new Date('2026-01-01T10:00:00Z') };

describe.each(PROVIDERS)('%s', (provider) => {
  it('shows what is said of the release', () => {
    const { event, test } = buildAttemptRequest();
    const sent = sentRequest(provider, { deliveryId: 'd-1', event, test, attempt });
    expect(sent!.body).toContain(event.data.release.version);
  });
});

it('a webhook’s request is the one that was sent, but for what is secret', () => {
  const request = { ...buildAttemptRequest(), attempt: 2, signingSecrets: [SECRET] };
  const sent = webhookMessage(request, 'Bearer secret', attempt.startedAt.getTime());
  const shown = sentRequest('webhook', { ...request, attempt })!;
  expect(JSON.parse(shown.body)).toEqual(JSON.parse(sent.body));
  expect(Object.keys(shown.headers).toSorted()).toEqual(
    Object.keys(sent.headers)
      .filter((name) => name !== 'traceparent')
      .toSorted(),
  );
  expect(shown.headers).toMatchObject({
    'webhook-id': sent.headers['webhook-id'],
    'webhook-timestamp': sent.headers['webhook-timestamp'],
    'np-attempt': '2',
    'webhook-signature': 'v1,••••',
  });
  expect(JSON.stringify(shown)).not.toContain('Bearer secret');
});
