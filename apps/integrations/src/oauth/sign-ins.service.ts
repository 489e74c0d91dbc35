import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { Provider } from '#libs/providers';
import type { IntegrationsSettings } from '../integrations.config.js';
import { ProviderList } from '../providers/provider-list.js';
import { OAuthStatesQueries } from './oauth-states.queries.js';
import { OneTimeStateStore } from './one-time-state.store.js';
import { ProviderStrategy } from './provider.strategy.js';

/** How one signs in at a provider, and the states of those who are on their way. */
export interface SignIn {
  strategy: ProviderStrategy;
  store: OneTimeStateStore;
}

const now = (): Date => new Date();

/** The providers that one signs in at. */
@Injectable()
export class SignIns {
  private readonly byProvider = new Map<Provider, SignIn>();

  constructor(
    private readonly providers: ProviderList,
    private readonly states: OAuthStatesQueries,
    @Inject(SETTINGS) { adminBaseUrl }: Pick<IntegrationsSettings, 'adminBaseUrl'>,
  ) {
    for (const { id, oauth } of providers.all) {
      if (!oauth) continue;
      const store = new OneTimeStateStore(id, states, now);
      const callbackUrl = `${adminBaseUrl}/api/v1/oauth/${id}/callback`;
      this.byProvider.set(id, { strategy: new ProviderStrategy(oauth, callbackUrl, store), store });
    }
  }

  find(id: Provider): SignIn | undefined {
    return this.byProvider.get(id);
  }

  /** @throws Problem 422 where one does not sign in at this provider, or it is not set up here */
  require(id: Provider): SignIn {
    this.providers.oauth(id);
    return this.byProvider.get(id)!;
  }

  nameOf(id: Provider): string {
    return this.providers.get(id).name;
  }

  /** States that nobody came back with. */
  forgetOld(): Promise<void> {
    return this.states.forgetOld(now());
  }
}
