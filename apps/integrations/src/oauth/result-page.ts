import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { Provider } from '#libs/providers';
import type { IntegrationsSettings } from '../integrations.config.js';
import type { Connected } from './connections.service.js';

/** The console's page that says how it went. Its address is made of ids and codes of ours alone. */
@Injectable()
export class ResultPage {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'adminBaseUrl'>) {}

  of(provider: Provider, connected: Connected): string {
    const query: Record<string, string> =
      connected.kind === 'fault'
        ? { connect_error: connected.code, provider }
        : { connected: connected.integrationId, ...(connected.already !== null && { already: connected.already }) };
    return `${this.settings.adminBaseUrl}/integrations?${new URLSearchParams(query).toString()}`;
  }
}
