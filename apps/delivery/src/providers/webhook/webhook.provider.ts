import type { IntegrationState } from '#libs/contracts';
import type { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from '../provider.js';
import { userAgent } from '../user-agent.js';
import { readWebhookCredentials, secretsOf } from './webhook.credentials.js';
import { webhookMessage } from './webhook.message.js';

const RECEIVER = 'The receiver';
const UNUSABLE = 'The saved address or signing secret cannot be used. Save the webhook again.';

/** Posts the event to an address of the team's own choice; any 2xx is success. */
export class WebhookProvider implements ProviderAdapter {
  readonly id = 'webhook';

  private readonly userAgent: string;

  constructor(
    private readonly http: OutboundHttp,
    homepage?: string,
  ) {
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
    return outcomeOf(result, {
      receiver: RECEIVER,
      secrets: () => secretsOf(credentials),
      now: Date.now(),
      statusDecides: true,
      plainHttp: credentials.url.startsWith('http:'),
    });
  }
}
