import type { IntegrationState } from '#libs/contracts';
import type { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from '../provider.js';
import { userAgent } from '../user-agent.js';
import { readWebhookCredentials, secretsOf } from './webhook.credentials.js';
import { WebhookHolds } from './webhook.holds.js';
import { webhookMessage } from './webhook.message.js';

/** How a receiver's answers are read. */
export const WEBHOOK_READING = { name: 'The destination', statusDecides: true } as const;
/** The longest retry delay by default. */
const LONGEST_HOLD_MS = 80_000;
const UNUSABLE = 'The saved address or signing secret cannot be used. Save the webhook again.';

/** Posts the event to an address of the team's own choice; any 2xx is success. */
export class WebhookProvider implements ProviderAdapter {
  readonly id = 'webhook';

  readonly holds: WebhookHolds;
  private readonly userAgent: string;

  constructor(
    private readonly http: OutboundHttp,
    { homepage, longestHoldMs = LONGEST_HOLD_MS }: { homepage?: string; longestHoldMs?: number } = {},
  ) {
    this.holds = new WebhookHolds(longestHoldMs);
    this.userAgent = userAgent(homepage);
  }

  /** One keeps the order; a webhook may ask for more. */
  concurrency(state: IntegrationState): number {
    return state.concurrency ?? 1;
  }

  async attempt(request: AttemptRequest): Promise<AttemptOutcome> {
    const credentials = readWebhookCredentials(request.credentials);
    if (!credentials || request.signingSecrets.length === 0)
      return failedAttempt('credentials_revoked', { error: UNUSABLE });
    const { headers, body } = webhookMessage(request, credentials.authorization, Date.now(), this.userAgent);
    const result = await this.http.post({ url: credentials.url, headers, body, signal: request.signal });
    const outcome = outcomeOf(result, {
      ...WEBHOOK_READING,
      secrets: () => secretsOf(credentials),
      now: Date.now(),
      plainHttp: credentials.url.startsWith('http:'),
    });
    if (outcome.kind === 'failed' && outcome.code === 'rate_limited' && outcome.retryAfterMs !== null)
      this.holds.hold(credentials, performance.now(), outcome.retryAfterMs);
    return outcome;
  }
}
