import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { releasesTexts } from '../../texts/releases.js';
import { Entries } from '../activity/activity-list.js';

const MOST = 100;
const NO_PROJECTS: ReadonlyMap<string, string> = new Map();

/** Each change of a release, and who made it; also where nobody was notified. */
export function ReleaseHistory({ releaseId }: { releaseId: string }) {
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
  });
  if (data === undefined)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={2} />;
  if (data.items.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="sm">
        {releasesTexts.history}
      </Title>
      <Entries entries={data.items} projects={NO_PROJECTS} here />
    </section>
  );
}
