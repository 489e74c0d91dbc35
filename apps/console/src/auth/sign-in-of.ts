import type { ConsoleConfig } from './config.js';
import { localSignIn } from './local-sign-in.js';
import { OidcSignIn } from './oidc-sign-in.js';
import type { SignIn } from './sign-in.js';

/** Nobody can sign in where no way is set up; the sign-in page says what to set. */
const none: SignIn = { restore: async () => undefined, renew: async () => undefined, signOut: async () => undefined };

/** The way to sign in here: an identity provider's wherever this console is a client of one. */
export function signInOf({ mode, issuer, clientId, audience }: ConsoleConfig): SignIn {
  if (clientId !== null) return new OidcSignIn({ issuer, clientId, audience });
  return mode === 'local' ? localSignIn : none;
}
