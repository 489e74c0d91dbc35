import { api, body } from '../../api/client.js';
import type { Environment, EventType, Integration, Provider } from '../../api/types.js';

interface Choice {
  projectId: string | null;
  name?: string;
  eventTypes?: EventType[];
  environments?: Environment[];
  alerts?: boolean;
  owner?: string | null;
  note?: string | null;
  /** Reconnects this one. */
  integrationId?: string;
}

/** How one was before it was reconnected, for what is said afterwards; in this tab alone. */
export interface Before {
  id: string;
  name: string;
  dead: number;
}

const KEY = 'np-reconnecting';

/** Undefined where another one was reconnected, or none. */
export function beforeOf(id: string): Before | undefined {
  const kept = sessionStorage.getItem(KEY);
  const before = kept === null ? undefined : (JSON.parse(kept) as Before);
  return before?.id === id ? before : undefined;
}

/** Leads to the provider, where a channel is picked; the way back is this page. Never resolves: the page is left. */
export async function signInAt(provider: Provider, choice: Choice): Promise<never> {
  const { authorizeUrl } = await body(
    api.POST('/api/v1/integrations/oauth/{provider}', { params: { path: { provider } }, body: choice }),
  );
  window.location.assign(authorizeUrl);
  return new Promise<never>(() => undefined);
}

/** The same for one that is there; its route stays. */
export function reconnectAt({ id, name, provider, projectId, counts }: Integration): Promise<never> {
  sessionStorage.setItem(KEY, JSON.stringify({ id, name, dead: counts?.dead ?? 0 } satisfies Before));
  return signInAt(provider, { projectId, integrationId: id });
}
