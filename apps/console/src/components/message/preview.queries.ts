import { queryOptions } from '@tanstack/react-query';
import { api, body, type Schema } from '../../api/client.js';

/** The messages of a provider; with an event type there is one alone. */
export const messagesOf = (input: Schema<'PreviewInput'>) =>
  queryOptions({
    queryKey: ['preview', input],
    queryFn: async ({ signal }) =>
      (await body(api.POST('/api/v1/integrations/preview', { body: input, signal }))).items,
    staleTime: Infinity,
  });
