import type { Provider, ReleaseEvent } from '#libs/contracts';
import { discordMessage } from './discord/discord.message.js';
import { emailMessage } from './email/email.message.js';
import { releaseMessage } from './message/release-message.js';
import { slackMessage } from './slack/slack.message.js';
import { webhookMessage } from './webhook/webhook.message.js';

const HIDDEN = '••••';
const JSON_HEADERS = { 'content-type': 'application/json' };

/** A delivery, and the attempt whose request is wanted. */
export interface SentDelivery {
  deliveryId: string;
  event: ReleaseEvent;
  test: boolean;
  /** The last one; the first where there was none so far. */
  attempt: { number: number; startedAt: Date };
}

/** What goes over the wire, for a person to read: what is secret is masked. */
export interface SentRequest {
  method: 'POST' | 'MAIL';
  headers: Record<string, string>;
  body: string;
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

const REQUESTS: Record<Provider, (delivery: SentDelivery) => SentRequest> = {
  slack: ({ event, test }) => ({
    method: 'POST',
    headers: JSON_HEADERS,
    body: pretty(slackMessage(releaseMessage(event, test))),
  }),
  discord: ({ event, test }) => ({
    method: 'POST',
    headers: JSON_HEADERS,
    body: pretty(discordMessage(releaseMessage(event, test))),
  }),
  webhook: ({ deliveryId, event, test, attempt }) => {
    const request = { deliveryId, event, test, attempt: attempt.number, signingSecrets: [] };
    const { headers, body } = webhookMessage(request, null, attempt.startedAt.getTime());
    delete headers['traceparent']; // another one each time
    const masked = { 'webhook-signature': `v1,${HIDDEN}`, authorization: `${HIDDEN} (where one is saved)` };
    return { method: 'POST', headers: { ...headers, ...masked }, body: pretty(JSON.parse(body)) };
  },
  email: ({ event, test }) => {
    const { subject, text } = emailMessage(releaseMessage(event, test));
    return { method: 'MAIL', headers: { subject }, body: text };
  },
};

/** The request of an attempt, made again from the event in the ledger. */
export const sentRequest = (provider: Provider, delivery: SentDelivery): SentRequest => REQUESTS[provider](delivery);
