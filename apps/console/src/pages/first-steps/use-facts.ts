import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { queries } from '../../api/queries.js';
import type { Integration, Project } from '../../api/types.js';
import { arrivedAt, type Facts } from './facts.js';

export interface Known {
  facts: Facts;
  projects: readonly Project[];
  integrations: readonly Integration[];
}

/** One call, however many projects there are: undefined where the first of them have none, and others might. */
const newest = queryOptions({
  queryKey: [...keys.currentReleases, 'any'],
  queryFn: async ({ signal }) => {
    const query = { limit: 100 };
    const { items, nextCursor } = await body(api.GET('/api/v1/releases/current', { params: { query }, signal }));
    return items.some(({ releases }) => releases.length > 0) || (nextCursor === null ? false : null);
  },
});

/** What there is already; undefined before anything is known. */
export function useFacts(): Known | undefined {
  const { data: integrations } = useQuery(queries.integrations());
  const { data: projects } = useQuery(queries.projects());
  const releases = useQuery(newest);
  const arrived = arrivedAt(integrations ?? []);
  const delivered = useQuery({
    queryKey: keys.deliveries({ arrived: true }),
    queryFn: async ({ signal }) => {
      const query = { status: 'delivered', limit: 1 } as const;
      return (await body(api.GET('/api/v1/deliveries', { params: { query }, signal }))).items.length > 0;
    },
    enabled: arrived === 'ask',
  });
  if (!integrations || !projects || releases.isPending) return undefined;
  return {
    projects,
    integrations,
    facts: {
      project: projects.length > 0,
      destination: integrations.length > 0,
      test: arrived === 'ask' ? delivered.data : arrived,
      release: releases.data ?? undefined,
    },
  };
}
