import type { Provider } from '#libs/contracts';
import type { OutboundHttp } from '../outbound/outbound-http.service.js';
import type { ProviderAdapter } from './provider.js';
import { WebhookProvider } from './webhook/webhook.provider.js';

/** What providers are made of. */
export interface ProviderTools {
  http: OutboundHttp;
}

/** Every provider that can be delivered to, one line each. */
export function buildProviders({ http }: ProviderTools): ReadonlyMap<Provider, ProviderAdapter> {
  const adapters: ProviderAdapter[] = [new WebhookProvider(http)];
  return new Map(adapters.map((adapter) => [adapter.id, adapter]));
}
