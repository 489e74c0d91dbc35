import { Button, Center } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import { useRefusal } from '../../auth/permissions.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { activityTexts } from '../../texts/activity.js';
import { ActivityList } from './activity-list.js';

/** Who did what. */
export function ActivityPage() {
  const refused = useRefusal('read-activity') !== undefined;
  return (
    <>
      <PageTitle title={activityTexts.title} lead={activityTexts.lead} />
      {refused ? <EmptyState title={activityTexts.refused} hint={activityTexts.refusedHint} /> : <All />}
    </>
  );
}

function All() {
  const list = useInfiniteQuery({
    queryKey: keys.activity(),
    queryFn: ({ pageParam, signal }) =>
      body(api.GET('/api/v1/activity', { params: { query: { limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    ...LIVE,
  });
  const projects = useQuery(queries.projects());
  const names = useMemo(() => new Map((projects.data ?? []).map(({ id, name }) => [id, name])), [projects.data]);
  if (list.data === undefined)
    return list.error ? (
      <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingRows rows={6} />
    );
  const entries = list.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0)
    return (
      <EmptyState
        title={activityTexts.empty}
        hint={activityTexts.emptyHint}
        icon={<IconHistory size={22} stroke={1.6} />}
      />
    );
  return (
    <>
      <ActivityList entries={entries} projects={names} />
      {list.hasNextPage && (
        <Center mt="md">
          <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {activityTexts.older}
          </Button>
        </Center>
      )}
    </>
  );
}
