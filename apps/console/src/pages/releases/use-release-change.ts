import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys.js';
import type { Release } from '../../api/types.js';
import { fatesOf } from './fate.js';
import { releaseQueries, type Route } from './releases.queries.js';

/** How many were to hear of it when it was sent; 0 where that is not known. */
export function useExpected(route: Route): () => number {
  const { data } = useQuery(releaseQueries.preview(route));
  return () => data?.length ?? 0;
}

/** How many would be notified now, and of how many; undefined while that is not known. */
export function useNotify(route: Route): { now: number; of: number } | undefined {
  const { data } = useQuery(releaseQueries.preview(route));
  return data && { now: fatesOf(data).notified, of: data.length };
}

/** Shows a release as it is now wherever it stands. */
export function useShowChanged(): (release: Release) => void {
  const client = useQueryClient();
  return (release) => {
    client.setQueryData(keys.release(release.id), release);
    void client.invalidateQueries({ queryKey: keys.releases(release.projectId) });
    void client.invalidateQueries({ queryKey: keys.currentReleases });
  };
}
