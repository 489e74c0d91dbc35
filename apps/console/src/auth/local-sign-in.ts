import { api, body } from '../api/client.js';
import { send } from '../api/send.js';
import type { Role } from './roles.js';
import { sessionOf, type Session } from './session.js';
import { session } from './session-store.js';
import type { SignIn } from './sign-in.js';

const STORED = 'nitropush.token';

/**
 * Local mode: the gateway gives a token to every caller. The hash of the link that `npm start` prints carries a code, which
 * is exchanged for a token once; a script may put a token there instead.
 */
export const localSignIn: SignIn = {
  restore: async () => {
    const { code, token } = takeLink();
    const stored = keep(token ?? localStorage.getItem(STORED) ?? '');
    if (code === undefined) return stored;
    try {
      return keep(await tokenFor(code));
    } catch (error) {
      if (stored) return stored; // a used link does not sign a person out
      throw error;
    }
  },
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

/** The hash goes at once: what signs somebody in has no place in the history. */
function takeLink(): { code?: string; token?: string } {
  const hash = new URLSearchParams(window.location.hash.slice(1));
  const [code, token] = ['sign-in', 'token'].map((name) => hash.get(name) ?? undefined);
  if (code ?? token)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return { code, token };
}

/** @throws ApiProblem where the link was used already */
async function tokenFor(code: string): Promise<string> {
  const response = await send(
    new Request('/api/v1/auth/sign-in-codes/use', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    }),
  );
  return ((await response.json()) as { token: string }).token;
}
