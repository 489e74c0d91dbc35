import { queryOptions } from '@tanstack/react-query';
import { api, body, everything } from './client.js';
import { keys } from './keys.js';

const ATTENTION_EVERY_MS = 30_000;

/** What more than one page asks for; a page's own questions lie beside the page. */
export const queries = {
  providers: () =>
    queryOptions({
      queryKey: keys.providers,
      queryFn: async ({ signal }) => (await body(api.GET('/api/v1/providers', { signal }))).items,
      staleTime: 60_000,
    }),
  integrations: () =>
    queryOptions({
      queryKey: keys.integrations,
      queryFn: ({ signal }) =>
        everything((query) => body(api.GET('/api/v1/integrations', { params: { query }, signal }))),
    }),
  /** Figures of their own: nobody has to fetch all destinations for them. What changes one of them asks again. */
  attention: () =>
    queryOptions({
      queryKey: keys.attention,
      queryFn: ({ signal }) => body(api.GET('/api/v1/deliveries/attention', { signal })),
      staleTime: ATTENTION_EVERY_MS,
      refetchInterval: ATTENTION_EVERY_MS,
    }),
  projects: () =>
    queryOptions({
      queryKey: keys.projects,
      queryFn: ({ signal }) => everything((query) => body(api.GET('/api/v1/projects', { params: { query }, signal }))),
      staleTime: 30_000,
    }),
};
