import { createHmac } from 'node:crypto';
import { traceparentOf } from '#libs/observability';
import { eventBody } from '../event-body.js';
import type { AttemptRequest } from '../provider.js';
import { userAgent } from '../user-agent.js';

const SECRET_PREFIX = 'whsec_';

/** What of an attempt is told to the receiver. */
export type WebhookFacts = Pick<
  AttemptRequest,
  'deliveryId' | 'attempt' | 'event' | 'test' | 'signingSecrets' | 'traceparent'
>;

export interface WebhookMessage {
  headers: Record<string, string>;
  body: string;
}

/**
 * The request that a receiver gets, signed under every valid secret so that it may change over in its own time.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookMessage(
  request: WebhookFacts,
  authorization: string | null,
  now: number,
  agent = userAgent(),
): WebhookMessage {
  const body = JSON.stringify(eventBody(request.event, request.test));
  const timestamp = Math.floor(now / 1000).toString();
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': agent,
    // The same on every attempt: by it a receiver drops what it has had.
    'webhook-id': request.deliveryId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures(`${request.deliveryId}.${timestamp}.${body}`, request.signingSecrets),
    'np-attempt': request.attempt.toString(),
    traceparent: traceparentOf(request.traceparent),
  };
  if (authorization !== null) headers['authorization'] = authorization;
  return { headers, body };
}

function signatures(content: string, secrets: string[]): string {
  return secrets.map((secret) => `v1,${hmac(content, secret)}`).join(' ');
}

function hmac(content: string, secret: string): string {
  const base64 = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  return createHmac('sha256', Buffer.from(base64, 'base64')).update(content).digest('base64');
}
