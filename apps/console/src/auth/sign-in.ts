import type { Session } from './session.js';

/** A way of becoming somebody. There is one for local mode; the identity provider's is another. */
export interface SignIn {
  /** Leads away to where one signs in; missing where that is done on the page. */
  begin?(): Promise<void>;
  /** Whoever is signed in already: by a link, a way back from the provider, or earlier. */
  restore(): Promise<Session | undefined>;
  /** A fresh token for the same person, without asking anybody; undefined where that cannot be. */
  renew(): Promise<Session | undefined>;
  signOut(): Promise<void>;
}
