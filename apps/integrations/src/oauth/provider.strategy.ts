import OAuth2Strategy from 'passport-oauth2';
import type { Granted } from '#libs/providers';
import type { SignInSetup } from '../providers/provider.js';
import { OAuthFault } from './oauth-fault.js';
import type { OAuthChoice } from './oauth-states.queries.js';
import type { OAuthRequest, OneTimeStateStore } from './one-time-state.store.js';
import { codeOf, tokenCall } from './token-call.js';

type Token = Record<string, unknown>;
type TokenDone = (error: Error | null, accessToken?: string, refreshToken?: string, params?: Token) => void;
type Verified = (error: Error | null, granted?: Granted) => void;

/** passport-oauth2's strategy for one provider, run without passport's sessions and without a real request. */
export class ProviderStrategy extends OAuth2Strategy {
  constructor(
    private readonly setup: SignInSetup,
    callbackUrl: string,
    store: OneTimeStateStore,
  ) {
    super(
      {
        authorizationURL: setup.authorizeUrl,
        tokenURL: setup.tokenUrl,
        clientID: setup.clientId,
        clientSecret: setup.clientSecret,
        callbackURL: callbackUrl,
        scope: setup.scope,
        pkce: setup.pkce,
        store: store as never,
        skipUserProfile: true,
      } as never,
      // five parameters: the third is the whole answer; the tokens before it are not looked at, and go nowhere
      (_access: string, _refresh: string, answer: Token, _profile: unknown, done: Verified) => this.read(answer, done),
    );
    // the library's own call has no time limit and takes Slack's refusals, which are 200s, for success
    this._oauth2.getOAuthAccessToken = ((code: string, params: Record<string, string>, done: TokenDone) =>
      void this.exchange(code, params, done)) as never;
  }

  /** Where to send the browser. */
  begin(request: OAuthRequest, choice: OAuthChoice): Promise<string> {
    return this.run<string>(request, { state: choice }, (strategy, resolve) => {
      strategy.redirect = (url) => resolve(url);
    });
  }

  /** @throws OAuthFault */
  finish(request: OAuthRequest): Promise<{ granted: Granted; choice: OAuthChoice }> {
    return this.run(request, {}, (strategy, resolve) => {
      strategy.success = (granted, info) =>
        resolve({ granted: granted as Granted, choice: (info as { state: OAuthChoice }).state });
    });
  }

  /** What passport does for each request: a strategy of its own to call back on. */
  private run<T>(
    request: OAuthRequest,
    options: object,
    listen: (strategy: OAuth2Strategy, resolve: (value: T) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const strategy = Object.create(this) as OAuth2Strategy;
      strategy.error = (error: Error & { oauthError?: Error }) => reject(error.oauthError ?? error);
      strategy.fail = () => reject(new Error('the strategy failed without saying why'));
      listen(strategy, resolve);
      strategy.authenticate(request as never, options);
    });
  }

  private async exchange(code: string, params: Record<string, string>, done: TokenDone): Promise<void> {
    const { tokenUrl, clientId, clientSecret } = this.setup;
    let answer: Token;
    try {
      answer = await tokenCall(tokenUrl, { ...params, code, client_id: clientId, client_secret: clientSecret });
    } catch (error) {
      return done(error as Error);
    }
    done(null, 'not kept', undefined, answer);
  }

  private read(answer: Token, done: Verified): void {
    const read = this.setup.read(answer);
    if (!('fault' in read)) return done(null, read);
    done(new OAuthFault(read.fault, read.fault === 'provider_refused' ? codeOf(answer) : undefined));
  }
}
