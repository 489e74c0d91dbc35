import type { IntegrationState } from '#libs/contracts';
import { parseUrl } from '#libs/url';
import type { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { Gates } from '../gates.js';
import { releaseMessage } from '../message/release-message.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter, RateGate } from '../provider.js';
import { urlSecrets } from '../url-secrets.js';
import { userAgent } from '../user-agent.js';
import { TEAMS_READING } from './teams.answers.js';
import { teamsMessage } from './teams.message.js';

const UNUSABLE = 'The saved URL is not one of a workflow. Copy it again in the Workflows app of Teams, and save it.';
/** More than four requests in a second are throttled: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook */
const INTERVAL_MS = 250;
/** Where it asks for fewer and does not say how long. */
const UNSAID_MS = 10_000;

/** The pace of one workflow. */
class WorkflowGate implements RateGate {
  private opensAt = -Infinity;

  waitMs(now: number): number {
    return Math.max(0, Math.ceil(this.opensAt - now));
  }

  take(now: number): void {
    this.opensAt = Math.max(this.opensAt, now + INTERVAL_MS);
  }

  hold(now: number, retryAfterMs: number | null): void {
    this.opensAt = Math.max(this.opensAt, now + (retryAfterMs ?? UNSAID_MS));
  }
}

/** Posts to the workflow of one channel or chat; its URL is the permission. */
export class TeamsProvider implements ProviderAdapter {
  readonly id = 'teams';
  private readonly gates = new Gates(() => new WorkflowGate());
  private readonly headers: Record<string, string>;

  constructor(
    private readonly http: OutboundHttp,
    homepage?: string,
  ) {
    this.headers = { 'content-type': 'application/json', 'user-agent': userAgent(homepage) };
  }

  /** One keeps the order, as far as workflows keep it. */
  concurrency(): number {
    return 1;
  }

  gate(state: IntegrationState): RateGate {
    return this.gates.of(state);
  }

  async attempt({ credentials, event, test, state, signal }: AttemptRequest): Promise<AttemptOutcome> {
    const url = readUrl(credentials);
    if (url === null) return failedAttempt('credentials_revoked', { error: UNUSABLE });
    const body = JSON.stringify(teamsMessage(releaseMessage(event, test)));
    const result = await this.http.post({ url, headers: this.headers, body, signal });
    const outcome = outcomeOf(result, { ...TEAMS_READING, secrets: () => urlSecrets(url), now: Date.now() });
    if (outcome.kind === 'delivered' || outcome.code !== 'rate_limited') return outcome;
    this.gates.of(state).hold(performance.now(), outcome.retryAfterMs);
    return { ...outcome, gated: true };
  }
}

/** Null where opened credentials are not those of a workflow. */
function readUrl(credentials: unknown): string | null {
  if (typeof credentials !== 'object' || credentials === null) return null;
  const { url } = credentials as { url?: unknown };
  return typeof url === 'string' && parseUrl(url) ? url : null;
}
