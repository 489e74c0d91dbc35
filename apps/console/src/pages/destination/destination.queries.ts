import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';

const NEWEST = 20;

export const destinationQueries = {
  one: (id: string) =>
    queryOptions({
      queryKey: keys.integration(id),
      queryFn: ({ signal }) => body(api.GET('/api/v1/integrations/{id}', { params: { path: { id } }, signal })),
    }),
  /** What it got last, also where it was deleted. */
  recent: (integrationId: string) =>
    queryOptions({
      queryKey: keys.deliveries({ newestOf: integrationId }),
      queryFn: async ({ signal }) => {
        const query = { integrationId, limit: NEWEST };
        return (await body(api.GET('/api/v1/deliveries', { params: { query }, signal }))).items;
      },
    }),
};
