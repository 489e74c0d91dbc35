import type { Provider } from '#libs/contracts';
import type { Connected } from './connections.service.js';

/** The console's page that says how it went. Its address is made of ids and codes of ours alone. */
export class ResultPage {
  constructor(private readonly adminBaseUrl: string) {}

  of(provider: Provider, connected: Connected): string {
    const query: Record<string, string> =
      connected.kind === 'fault'
        ? { connect_error: connected.code, provider }
        : { connected: connected.integrationId, ...(connected.already !== null && { already: connected.already }) };
    return `${this.adminBaseUrl}/integrations?${new URLSearchParams(query).toString()}`;
  }
}
