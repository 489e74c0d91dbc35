import { api, body } from '../../api/client.js';
import type { Environment, EventType, Provider } from '../../api/types.js';

interface Choice {
  projectId: string | null;
  name?: string;
  eventTypes?: EventType[];
  environments?: Environment[];
  alerts?: boolean;
  /** Reconnects this one. */
  integrationId?: string;
}

/** Leads to the provider, where a channel is picked; the way back is this page. Never resolves: the page is left. */
export async function signInAt(provider: Provider, choice: Choice): Promise<never> {
  const { authorizeUrl } = await body(
    api.POST('/api/v1/integrations/oauth/{provider}', { params: { path: { provider } }, body: choice }),
  );
  window.location.assign(authorizeUrl);
  return new Promise<never>(() => undefined);
}
