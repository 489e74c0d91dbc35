import type { Provider } from '#libs/contracts';
import type { DeliverySettings } from '../delivery.config.js';
import type { OutboundHttp } from '../outbound/outbound-http.service.js';
import { DiscordProvider } from './discord/discord.provider.js';
import type { ProviderAdapter } from './provider.js';
import { SlackProvider } from './slack/slack.provider.js';
import { WebhookProvider } from './webhook/webhook.provider.js';

/** What providers are made of. */
export interface ProviderTools {
  http: OutboundHttp;
  settings: Pick<DeliverySettings, 'mode' | 'adminBaseUrl' | 'slackBaseUrl' | 'discordBaseUrl'>;
}

/** Every provider that can be delivered to, one line each. */
export function buildProviders({ http, settings }: ProviderTools): ReadonlyMap<Provider, ProviderAdapter> {
  const adapters: ProviderAdapter[] = [
    new SlackProvider(http, { baseUrl: settings.slackBaseUrl, httpsOnly: settings.mode === 'production' }),
    new DiscordProvider(http, { baseUrl: settings.discordBaseUrl, homepage: settings.adminBaseUrl }),
    new WebhookProvider(http),
  ];
  return new Map(adapters.map((adapter) => [adapter.id, adapter]));
}
