import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Provider } from '#libs/providers';
import { OAuthFault } from './oauth-fault.js';
import { sha256, type OAuthChoice, type OAuthStatesQueries } from './oauth-states.queries.js';

export const STATE_LIVES_MS = 10 * 60 * 1000;

/** What the strategy is given in place of a request: nothing of the real one can get in its way. */
export interface OAuthRequest {
  query: { code?: string; state?: string };
  /** From the browser's cookie. */
  nonce: string;
}

type Done<T> = (error: Error | null, value?: T, state?: OAuthChoice) => void;

/**
 * Keeps the state of a connection on its way, bound to the browser that began it. passport-oauth2 chooses what to call by
 * the number of declared parameters: `store` must have five and `verify` four, none of them optional.
 */
export class OneTimeStateStore {
  constructor(
    private readonly provider: Provider,
    private readonly states: OAuthStatesQueries,
    private readonly now: () => Date,
  ) {}

  store(
    request: OAuthRequest,
    codeVerifier: string | undefined,
    choice: OAuthChoice,
    _meta: unknown,
    done: Done<string>,
  ): void {
    void this.keep(request, codeVerifier, choice, done);
  }

  verify(request: OAuthRequest, handle: string, _meta: unknown, done: Done<string | true>): void {
    void this.load(request, handle, done);
  }

  /** @throws OAuthFault where it may not be used; it is gone in any case */
  async take({ nonce }: OAuthRequest, handle: string): Promise<{ codeVerifier: string | null; choice: OAuthChoice }> {
    const taken = await this.states.take(handle, this.provider, this.now());
    if (taken.kind === 'unknown') throw new OAuthFault('state_unknown');
    if (taken.kind === 'expired') throw new OAuthFault('state_expired');
    const { codeVerifier, nonceHash, provider: _provider, ...choice } = taken.state;
    if (!timingSafeEqual(sha256(nonce), nonceHash)) throw new OAuthFault('other_browser');
    return { codeVerifier, choice };
  }

  private async keep(
    { nonce }: OAuthRequest,
    codeVerifier: string | undefined,
    choice: OAuthChoice,
    done: Done<string>,
  ): Promise<void> {
    const handle = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.now().getTime() + STATE_LIVES_MS);
    const state = {
      ...choice,
      provider: this.provider,
      codeVerifier: codeVerifier ?? null,
      nonceHash: sha256(nonce),
    };
    try {
      await this.states.keep(handle, state, expiresAt);
    } catch (error) {
      return done(error as Error);
    }
    done(null, handle);
  }

  private async load(request: OAuthRequest, handle: string, done: Done<string | true>): Promise<void> {
    let taken;
    try {
      taken = await this.take(request, handle);
    } catch (error) {
      return done(error as Error);
    }
    done(null, taken.codeVerifier ?? true, taken.choice);
  }
}
