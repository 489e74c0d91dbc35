import type { IntegrationState } from '#libs/contracts';
import type { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { AddressGate } from '../address-gate.js';
import { Gates } from '../gates.js';
import { releaseMessage } from '../message/release-message.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter, RateGate } from '../provider.js';
import { urlSecrets } from '../url-secrets.js';
import { userAgent } from '../user-agent.js';
import { SLACK_READING, slackLimitsAddress } from './slack.answers.js';
import { readSlackCredentials, type SlackPlace } from './slack.credentials.js';
import { SlackGate } from './slack.gate.js';
import { slackMessage } from './slack.message.js';

const UNUSABLE = 'The saved address is not one of a Slack webhook. Reconnect to get a new one.';

/** Posts to the incoming webhook of one channel. */
export class SlackProvider implements ProviderAdapter {
  readonly id = 'slack';
  private readonly all = new AddressGate();
  private readonly gates = new Gates(() => new SlackGate(this.all));
  private readonly headers: Record<string, string>;

  constructor(
    private readonly http: OutboundHttp,
    private readonly place: SlackPlace & { homepage?: string },
  ) {
    this.headers = { 'content-type': 'application/json', 'user-agent': userAgent(place.homepage) };
  }

  /** One keeps the order; Slack takes no more than one a second for long. */
  concurrency(): number {
    return 1;
  }

  gate(state: IntegrationState): RateGate {
    return this.gates.of(state);
  }

  async attempt({ credentials: opened, event, test, state, signal }: AttemptRequest): Promise<AttemptOutcome> {
    const credentials = readSlackCredentials(opened, this.place);
    if (!credentials) return failedAttempt('credentials_revoked', { error: UNUSABLE });
    const { url } = credentials;
    const body = JSON.stringify(slackMessage(releaseMessage(event, test)));
    const result = await this.http.post({ url, headers: this.headers, body, signal });
    const secrets = (): string[] => urlSecrets(url);
    const outcome = outcomeOf(result, { ...SLACK_READING, secrets, now: Date.now() });
    if (result.kind === 'unanswered' || outcome.kind === 'delivered' || outcome.code !== 'rate_limited') return outcome;
    const gate = slackLimitsAddress(result) ? this.all : this.gates.of(state);
    gate.hold(performance.now(), outcome.retryAfterMs);
    return { ...outcome, gated: true };
  }
}
