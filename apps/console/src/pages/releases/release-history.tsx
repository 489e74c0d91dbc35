import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import type { Release } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { releasesTexts } from '../../texts/releases.js';
import { Entries } from '../activity/activity-list.js';

const MOST = 100;

const SOON_MS = 1_000;
/** A change shows within seconds; one that does not is not waited for. */
const AWAITED_MS = 30_000;

/** The release has just changed, and its history does not say so yet. */
const isAwaited = (changedAt: string, newest: { at: string } | undefined): boolean =>
  Date.now() - Date.parse(changedAt) < AWAITED_MS && (newest === undefined || newest.at < changedAt);

/** Each change of a release, and who made it; also where nobody was notified. */
export function ReleaseHistory({ release: { id: releaseId, updatedAt } }: { release: Release }) {
  useRefreshOnAttempts(keys.activity(releaseId));
  const { data, error, refetch } = useQuery({
    queryKey: keys.activity(releaseId),
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/activity/releases/{id}', {
          params: { path: { id: releaseId }, query: { limit: MOST } },
          signal,
        }),
      ),
    ...LIVE,
    refetchInterval: ({ state }) => (isAwaited(updatedAt, state.data?.items[0]) ? SOON_MS : LIVE.refetchInterval),
  });
  if (data === undefined)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={2} />;
  if (data.items.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="sm">
        {releasesTexts.history}
      </Title>
      <Entries entries={data.items} here />
    </section>
  );
}
