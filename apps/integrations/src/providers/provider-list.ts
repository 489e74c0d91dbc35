import { unprocessable } from '#libs/problems';
import { DECLARATIONS, PROVIDERS, ownerOf, type CheckTools, type Provider } from '#libs/providers';
import type { IntegrationsSettings } from '../integrations.config.js';
import { setUp, type ProviderSetup, type SignInSetup } from './provider.js';

/** One that is set up by a form. */
export type FormProvider = ProviderSetup & Required<Pick<ProviderSetup, 'check' | 'change' | 'target'>>;

/** Every kind of destination that is declared, in the order of its tiles, as it is set up on this server. */
export class ProviderList {
  readonly all: readonly ProviderSetup[];
  private readonly byId: ReadonlyMap<string, ProviderSetup>;

  constructor(outbound: Omit<CheckTools, 'ownerOf'>, settings: Partial<IntegrationsSettings>) {
    const tools = { ...outbound, ownerOf };
    this.all = PROVIDERS.map((id) => setUp(id, DECLARATIONS[id], settings, tools));
    this.byId = new Map(this.all.map((one) => [one.id, one]));
  }

  /** Undefined for one that a newer version has connected. */
  find(id: string): ProviderSetup | undefined {
    return this.byId.get(id);
  }

  get(id: Provider): ProviderSetup {
    return this.byId.get(id)!;
  }

  /** The provider of a form that was filled in. @throws Problem 422 where it cannot be set up that way */
  form(id: string): FormProvider {
    const provider = this.known(id);
    if (!provider.check && provider.setup === 'oauth')
      throw unprocessable('provider', `${provider.name} is connected by signing in there, not by a form.`);
    this.requireAvailable(provider);
    return provider as FormProvider;
  }

  /** The provider of a sign-in. @throws Problem 422 where it cannot be set up that way */
  oauth(id: Provider): SignInSetup {
    const provider = this.get(id);
    if (provider.setup !== 'oauth') throw unprocessable('provider', `${provider.name} is connected by its form.`);
    this.requireAvailable(provider);
    return provider.oauth!;
  }

  private known(id: string): ProviderSetup {
    const provider = this.find(id);
    if (!provider) throw unprocessable('provider', 'This version of the server does not know the provider.');
    return provider;
  }

  private requireAvailable({ name, status, missing }: ProviderSetup): void {
    if (status === 'coming_soon')
      throw unprocessable('provider', `${name} is coming soon and cannot be connected yet.`);
    if (status === 'not_configured')
      throw unprocessable('provider', `${name} is not set up on this server, which lacks: ${missing.join(', ')}.`);
  }
}
