import type { Provider } from '#libs/contracts';
import type { AddressRules, ResolveName } from '#libs/outbound';
import { unprocessable } from '#libs/problems';
import type { IntegrationsSettings } from '../integrations.config.js';
import { EmailProvider } from './email.provider.js';
import type { ProviderSetup } from './provider.js';
import { WebhookProvider } from './webhook.provider.js';

/** Every kind of destination, in the order of its tiles; one line each. */
export class ProviderList {
  readonly all: readonly ProviderSetup[];

  constructor(
    outbound: { rules: AddressRules; resolve: ResolveName },
    settings: Pick<IntegrationsSettings, 'slackClientId' | 'discordClientId' | 'smtpUrl'>,
  ) {
    this.all = [
      announced('slack', 'Slack', 'oauth', missingSettings({ SLACK_CLIENT_ID: settings.slackClientId })),
      announced('discord', 'Discord', 'oauth', missingSettings({ DISCORD_CLIENT_ID: settings.discordClientId })),
      new WebhookProvider(outbound.rules, outbound.resolve),
      new EmailProvider(settings.smtpUrl),
    ];
  }

  get(id: Provider): ProviderSetup {
    return this.all.find((one) => one.id === id)!;
  }

  /** The provider of a form that was filled in. @throws Problem 422 where it cannot be set up that way */
  form(id: Provider): ProviderSetup & Required<Pick<ProviderSetup, 'check'>> {
    const provider = this.get(id);
    if (provider.status === 'coming_soon')
      throw unprocessable('provider', `${provider.name} is coming soon and cannot be connected yet.`);
    if (provider.status === 'not_configured')
      throw unprocessable('provider', `${provider.name} is not set up on this server: ${provider.missing.join(', ')}.`);
    if (!provider.check)
      throw unprocessable('provider', `${provider.name} is connected by signing in there, not by a form.`);
    return provider as ProviderSetup & Required<Pick<ProviderSetup, 'check'>>;
  }
}

/** A kind whose tile is there while nothing can be sent to it yet. */
function announced(id: Provider, name: string, setup: ProviderSetup['setup'], missing: string[]): ProviderSetup {
  return { id, name, setup, status: 'coming_soon', missing, fields: [], signs: false, concurrent: false };
}

const missingSettings = (settings: Record<string, string | undefined>): string[] =>
  Object.keys(settings).filter((name) => settings[name] === undefined);
