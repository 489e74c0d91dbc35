import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body, everything } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Environment, EventType, Release } from '../../api/types.js';
import { momentOf, type Happening } from './told.js';

const PAGE = 20;
const MOST = 100;

export interface Route {
  projectId: string;
  environment: Environment;
  eventType: EventType;
}

export const releaseQueries = {
  project: (id: string) =>
    queryOptions({
      queryKey: keys.project(id),
      queryFn: ({ signal }) => body(api.GET('/api/v1/projects/{id}', { params: { path: { id } }, signal })),
    }),
  release: (id: string) =>
    queryOptions({
      queryKey: keys.release(id),
      queryFn: ({ signal }) => body(api.GET('/api/v1/releases/{id}', { params: { path: { id } }, signal })),
    }),
  /** The newest release in each environment, by project. */
  current: () =>
    queryOptions({
      queryKey: keys.currentReleases,
      queryFn: async ({ signal }) => {
        const all = await everything((query) =>
          body(api.GET('/api/v1/releases/current', { params: { query }, signal })),
        );
        return new Map(all.map(({ projectId, releases }) => [projectId, releases]));
      },
    }),
  /** What is in one environment, newest first. */
  inEnvironment: (projectId: string, environment: Environment) =>
    infiniteQueryOptions({
      queryKey: [...keys.releases(projectId), environment],
      queryFn: ({ pageParam, signal }) => {
        const query = { environment, limit: PAGE, cursor: pageParam };
        return body(
          api.GET('/api/v1/projects/{projectId}/releases', { params: { path: { projectId }, query }, signal }),
        );
      },
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  /** Who would hear of it now. */
  preview: (route: Route) =>
    queryOptions({
      queryKey: keys.preview({ ...route }),
      queryFn: async ({ signal }) =>
        (await body(api.GET('/api/v1/integrations/route-preview', { params: { query: route }, signal }))).items,
    }),
  /** The deliveries of one event: an event has its own millisecond, and with it an answer of its own however many there are. */
  told: ({ id, projectId }: Release, { type, at }: Happening) =>
    queryOptions({
      queryKey: keys.deliveries({ projectId, releaseId: id, type, at }),
      queryFn: async ({ signal }) => {
        const filter = { projectId, eventType: type, ...momentOf(at) };
        const found = await everything((page) =>
          body(api.GET('/api/v1/deliveries', { params: { query: { ...filter, ...page } }, signal })),
        );
        return found.filter(({ releaseId, test }) => releaseId === id && !test);
      },
    }),
  /** Deliveries of changes of the rollout, since the release came until it was changed last. */
  rolloutChanges: ({ id, projectId, createdAt, updatedAt }: Release) =>
    infiniteQueryOptions({
      queryKey: keys.deliveries({ projectId, releaseId: id, changes: updatedAt }),
      queryFn: async ({ pageParam, signal }) => {
        const query = {
          projectId,
          eventType: 'release.rollout_changed' as const,
          since: createdAt,
          until: momentOf(updatedAt).until,
          limit: MOST,
          cursor: pageParam,
        };
        const page = await body(api.GET('/api/v1/deliveries', { params: { query }, signal }));
        return { ...page, items: page.items.filter(({ releaseId, test }) => releaseId === id && !test) };
      },
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
};
