import type { User, UserManager } from 'oidc-client-ts';
import { sessionOf, type Session } from './session.js';
import type { SignIn } from './sign-in.js';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** What tokens for this system are made for. */
  audience: string;
}

/** Where the identity provider sends the browser back to. */
const WAY_BACK = '/signed-in';

/** The identity provider's: authorization code with PKCE; renewed by a refresh token where the provider gives one. */
export class OidcSignIn implements SignIn {
  private manager: Promise<UserManager> | undefined;

  constructor(private readonly settings: OidcSettings) {}

  async begin(): Promise<void> {
    const { pathname, search } = window.location;
    const here = pathname === WAY_BACK ? '/' : pathname + search;
    await (await this.users()).signinRedirect({ state: here });
  }

  async restore(): Promise<Session | undefined> {
    const users = await this.users();
    if (window.location.pathname === WAY_BACK) return this.comeBack(users);
    const user = await users.getUser();
    return (user && sessionOf(user.access_token)) ?? this.renewed(users, user);
  }

  async renew(): Promise<Session | undefined> {
    const users = await this.users();
    return this.renewed(users, await users.getUser());
  }

  async signOut(): Promise<void> {
    await (await this.users()).removeUser();
  }

  /** The page is loaded anew at the address that was asked for before: nothing of the way back stays in the history. */
  private async comeBack(users: UserManager): Promise<Session | undefined> {
    const { state } = await users.signinRedirectCallback();
    const path = typeof state === 'string' && /^\/(?![/\\])/.test(state) ? state : '/';
    window.location.replace(path);
    return new Promise(() => undefined);
  }

  private async renewed(users: UserManager, user: User | null): Promise<Session | undefined> {
    if (!user?.refresh_token) return undefined;
    const fresh = await users.signinSilent().catch(() => null); // refused or revoked: the person is asked again
    return fresh ? sessionOf(fresh.access_token) : undefined;
  }

  /** Fetched only where it is needed. */
  private users(): Promise<UserManager> {
    this.manager ??= import('oidc-client-ts').then(
      ({ UserManager: Manager, WebStorageStateStore }) =>
        new Manager({
          authority: this.settings.issuer,
          client_id: this.settings.clientId,
          redirect_uri: window.location.origin + WAY_BACK,
          scope: 'openid profile offline_access',
          extraQueryParams: { audience: this.settings.audience },
          userStore: new WebStorageStateStore({ store: window.sessionStorage }),
          automaticSilentRenew: false, // a call that is refused renews it
        }),
    );
    return this.manager;
  }
}
