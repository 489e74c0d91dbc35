import type { Provider } from '#libs/contracts';
import type { DeliverySettings } from '../delivery.config.js';
import type { OutboundHttp } from '../outbound/outbound-http.service.js';
import { DiscordProvider } from './discord/discord.provider.js';
import { EmailProvider, type MailGuards } from './email/email.provider.js';
import { mailClient, type MailSettings } from './email/mail-client.js';
import type { ProviderAdapter } from './provider.js';
import { SlackProvider } from './slack/slack.provider.js';
import { WebhookProvider } from './webhook/webhook.provider.js';

/** What providers are made of. */
export interface ProviderTools {
  http: OutboundHttp;
  mailGuards?: MailGuards;
  settings: Pick<DeliverySettings, 'mode' | 'adminBaseUrl' | 'slackBaseUrl' | 'discordBaseUrl' | 'retryDelays'> &
    MailSettings;
}

/** Every provider that can be delivered to, one line each; the compiler names one that is missing. */
export function buildProviders({ http, settings, mailGuards }: ProviderTools): ReadonlyMap<Provider, ProviderAdapter> {
  const { adminBaseUrl: homepage } = settings;
  const adapters: Record<Provider, ProviderAdapter> = {
    slack: new SlackProvider(http, {
      baseUrl: settings.slackBaseUrl,
      httpsOnly: settings.mode === 'production',
      homepage,
    }),
    discord: new DiscordProvider(http, { baseUrl: settings.discordBaseUrl, homepage }),
    webhook: new WebhookProvider(http, {
      homepage,
      longestHoldMs: Math.max(...settings.retryDelays.map(({ ms }) => ms)),
    }),
    email: new EmailProvider(mailClient(settings), mailGuards),
  };
  return new Map(Object.values(adapters).map((adapter) => [adapter.id, adapter]));
}
