import { Inject, Injectable } from '@nestjs/common';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import type { ProviderAdapter } from '../providers/provider.js';
import { PROVIDERS } from '../providers/providers.module.js';

/** How many attempts at once a destination takes. */
@Injectable()
export class Concurrency {
  constructor(
    private readonly integrations: KnownIntegrations,
    @Inject(PROVIDERS) private readonly providers: ReadonlyMap<string, ProviderAdapter>,
  ) {}

  of(integrationId: string): number {
    const state = this.integrations.get(integrationId);
    return (state && this.providers.get(state.provider)?.concurrency(state)) ?? 1;
  }
}
