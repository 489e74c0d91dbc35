import { api, body } from '../api/client.js';
import type { Role } from './roles.js';
import { sessionOf, type Session } from './session.js';
import { session } from './session-store.js';
import type { SignIn } from './sign-in.js';

const STORED = 'nitropush.token';

/** Local mode: the gateway makes a token for whoever asks. A link that is printed at the start carries one in its hash. */
export const localSignIn: SignIn = {
  restore: async () => keep(takeTokenOfLink() ?? localStorage.getItem(STORED) ?? ''),
  renew: async () => undefined,
  signOut: async () => localStorage.removeItem(STORED),
};

/** Signs in as any role of an organization; the demo organization's where none is named. */
export async function signInAs(role: Role, organizationId?: string): Promise<void> {
  const { token } = await body(api.POST('/api/v1/auth/dev-token', { body: { role, organizationId } }));
  session.set(keep(token));
}

function keep(token: string): Session | undefined {
  const found = sessionOf(token);
  if (found) localStorage.setItem(STORED, token);
  else localStorage.removeItem(STORED);
  return found;
}

/** The hash goes at once: a token has no place in the history. */
function takeTokenOfLink(): string | undefined {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? undefined;
  if (token !== undefined) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}
