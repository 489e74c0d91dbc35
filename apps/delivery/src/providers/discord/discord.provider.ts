import type { IntegrationState } from '#libs/contracts';
import type { OutboundHttp } from '../../outbound/outbound-http.service.js';
import type { OutboundResult } from '../../outbound/outbound-result.js';
import { Gates } from '../gates.js';
import { releaseMessage } from '../message/release-message.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter, RateGate } from '../provider.js';
import { DISCORD_READING, limitsAddress } from './discord.answers.js';
import { discordAddress, readDiscordCredentials } from './discord.credentials.js';
import { DiscordGate, DiscordGlobalGate } from './discord.gate.js';
import { discordMessage } from './discord.message.js';

const UNUSABLE = 'The saved id and token are not those of a Discord webhook. Reconnect to get new ones.';
const VERSION = '1.0';

export interface DiscordPlace {
  baseUrl: string;
  /** Where people find out who is calling; Discord wants to be told. */
  homepage: string;
}

/** Posts to the webhook of one channel. */
export class DiscordProvider implements ProviderAdapter {
  readonly id = 'discord';
  private readonly all = new DiscordGlobalGate();
  private readonly gates = new Gates(() => new DiscordGate(this.all));
  private readonly headers: Record<string, string>;

  constructor(
    private readonly http: OutboundHttp,
    private readonly place: DiscordPlace,
  ) {
    // Others may be kept out before Discord sees them. An origin is plain ASCII, whatever the alphabet of the address.
    const userAgent = `DiscordBot (${new URL(place.homepage).origin}, ${VERSION})`;
    this.headers = { 'content-type': 'application/json', 'user-agent': userAgent };
  }

  /** One keeps the order, and makes each answer the latest word on what the webhook still takes. */
  concurrency(): number {
    return 1;
  }

  gate(state: IntegrationState): RateGate {
    return this.gates.of(state);
  }

  async attempt({ credentials: opened, event, test, state, signal }: AttemptRequest): Promise<AttemptOutcome> {
    const credentials = readDiscordCredentials(opened);
    if (!credentials) return failedAttempt('credentials_revoked', { error: UNUSABLE });
    const url = discordAddress(this.place.baseUrl, credentials);
    const body = JSON.stringify(discordMessage(releaseMessage(event, test)));
    const result = await this.http.post({ url, headers: this.headers, body, signal });
    const secrets = (): string[] => [credentials.token, credentials.id];
    const outcome = outcomeOf(result, { ...DISCORD_READING, secrets, now: Date.now() });
    return this.learned(this.gates.of(state), result, outcome);
  }

  private learned(gate: DiscordGate, result: OutboundResult, outcome: AttemptOutcome): AttemptOutcome {
    if (result.kind === 'unanswered') return outcome;
    const now = performance.now();
    gate.learn(now, result.headers);
    if (outcome.kind === 'delivered' || outcome.code !== 'rate_limited') return outcome;
    (limitsAddress(result) ? this.all : gate).hold(now, outcome.retryAfterMs);
    return { ...outcome, gated: true };
  }
}
