import type { ConsoleConfig } from './config.js';
import { localSignIn } from './local-sign-in.js';
import type { SignIn } from './sign-in.js';

/** Nobody can sign in where no way is set up; the sign-in page says what to set. */
const none: SignIn = { restore: async () => undefined, renew: async () => undefined, signOut: async () => undefined };

/** The way to sign in here. An identity provider's, once there is one, is chosen by `issuer` and `clientId`. */
export const signInOf = ({ mode }: ConsoleConfig): SignIn => (mode === 'local' ? localSignIn : none);
