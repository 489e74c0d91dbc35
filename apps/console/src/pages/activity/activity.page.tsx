import { Button, Center } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
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
import { ActivityFilterBar } from './activity-filter-bar.js';
import { ActivityList } from './activity-list.js';
import { queryOf, useActivityFilter, type ActivityFilter } from './activity-filter.js';

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

const useActivity = (filter: ActivityFilter) =>
  useInfiniteQuery({
    queryKey: keys.activity(filter),
    queryFn: ({ pageParam, signal }) => {
      const query = { ...queryOf(filter, Date.now()), limit: 50, cursor: pageParam };
      return body(api.GET('/api/v1/activity', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...LIVE,
  });

function All() {
  const address = useActivityFilter();
  const list = useActivity(address.filter);
  const projects = useQuery(queries.projects());
  const names = useMemo(
    () => projects.data && new Map(projects.data.map(({ id, name }) => [id, name])),
    [projects.data],
  );
  if (list.data === undefined)
    return list.error ? (
      <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingRows rows={6} />
    );
  const entries = list.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0 && !address.narrowed)
    return (
      <EmptyState
        title={activityTexts.empty}
        hint={activityTexts.emptyHint}
        icon={<IconHistory size={22} stroke={1.6} />}
      />
    );
  return (
    <>
      <ActivityFilterBar {...address} entries={entries} />
      {entries.length > 0 ? (
        <ActivityList entries={entries} projects={names} />
      ) : (
        <EmptyState title={activityTexts.filter.none} hint={activityTexts.filter.noneHint} />
      )}
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
