import { queryOptions } from '@tanstack/react-query';
import { send } from '../api/send.js';

/** What the gateway tells before anybody signed in. */
export interface ConsoleConfig {
  mode: 'local' | 'production';
  issuer: string;
  clientId: string | null;
  audience: string;
}

export const configQuery = queryOptions({
  queryKey: ['console-config'],
  queryFn: async () => (await (await send(new Request('/console-config.json'))).json()) as ConsoleConfig,
  staleTime: Infinity,
});
