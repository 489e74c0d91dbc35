import type { Provider } from '#libs/contracts';
import type { AddressRules, ResolveName } from '#libs/outbound';
import { unprocessable } from '#libs/problems';
import type { IntegrationsSettings } from '../integrations.config.js';
import { DiscordProvider, type DiscordSettings } from './discord.provider.js';
import { EmailProvider } from './email.provider.js';
import type { OAuthSetup, ProviderSetup } from './provider.js';
import { SlackProvider, type SlackSettings } from './slack.provider.js';
import { WebhookProvider } from './webhook.provider.js';

/** Every kind of destination, in the order of its tiles; one line each, and the compiler names one that is missing. */
export class ProviderList {
  readonly all: readonly ProviderSetup[];
  private readonly byId: Readonly<Record<Provider, ProviderSetup>>;

  constructor(
    outbound: { rules: AddressRules; resolve: ResolveName },
    settings: SlackSettings & DiscordSettings & Pick<IntegrationsSettings, 'smtpUrl'>,
  ) {
    this.byId = {
      slack: new SlackProvider(settings),
      discord: new DiscordProvider(settings),
      webhook: new WebhookProvider(outbound.rules, outbound.resolve),
      email: new EmailProvider(settings.smtpUrl),
    };
    this.all = Object.values(this.byId);
  }

  get(id: Provider): ProviderSetup {
    return this.byId[id];
  }

  /** The provider of a form that was filled in. @throws Problem 422 where it cannot be set up that way */
  form(id: Provider): ProviderSetup & Required<Pick<ProviderSetup, 'check'>> {
    const provider = this.get(id);
    if (!provider.check && provider.setup === 'oauth')
      throw unprocessable('provider', `${provider.name} is connected by signing in there, not by a form.`);
    this.requireAvailable(provider);
    return provider as ProviderSetup & Required<Pick<ProviderSetup, 'check'>>;
  }

  /** The provider of a sign-in. @throws Problem 422 where it cannot be set up that way */
  oauth(id: Provider): OAuthSetup {
    const provider = this.get(id);
    if (provider.setup !== 'oauth') throw unprocessable('provider', `${provider.name} is connected by its form.`);
    this.requireAvailable(provider);
    return provider.oauth!;
  }

  private requireAvailable({ name, status, missing }: ProviderSetup): void {
    if (status === 'coming_soon')
      throw unprocessable('provider', `${name} is coming soon and cannot be connected yet.`);
    if (status === 'not_configured')
      throw unprocessable('provider', `${name} is not set up on this server, which lacks: ${missing.join(', ')}.`);
  }
}
