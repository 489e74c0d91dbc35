import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useMemo } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import type { Delivery } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Subject } from '../../components/subject.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

/** What was sent where, and how it fared. */
export function DeliveriesPage() {
  return (
    <>
      <PageTitle title={deliveriesTexts.title} lead={deliveriesTexts.lead} />
      <Deliveries />
    </>
  );
}

function Deliveries() {
  const list = useInfiniteQuery({
    queryKey: keys.deliveries(),
    queryFn: ({ pageParam, signal }) =>
      body(api.GET('/api/v1/deliveries', { params: { query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const integrations = useQuery(queries.integrations());
  const names = useMemo(() => new Map(integrations.data?.map(({ id, name }) => [id, name])), [integrations.data]);
  const columns = useMemo(() => columnsFor(names), [names]);
  useRefreshOnAttempts(keys.deliveries());
  if (list.data === undefined || integrations.isPending) {
    if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
    return <LoadingRows rows={8} />;
  }
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0)
    return (
      <EmptyState
        title={deliveriesTexts.empty}
        hint={deliveriesTexts.emptyHint}
        icon={<IconSend size={22} stroke={1.6} />}
      />
    );
  return (
    <DataTable
      label={deliveriesTexts.title}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      footer={
        list.hasNextPage && (
          <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {deliveriesTexts.older}
          </Button>
        )
      }
    />
  );
}

function columnsFor(names: ReadonlyMap<string, string>): Column<Delivery>[] {
  const { columns } = deliveriesTexts;
  return [
    { key: 'event', title: columns.event, cell: (row) => <Subject of={row} /> },
    {
      key: 'destination',
      title: columns.destination,
      cell: ({ integrationId }) => names.get(integrationId) ?? deliveriesTexts.integrationGone,
    },
    { key: 'status', title: columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
    { key: 'attempts', title: columns.attempts, cell: ({ attemptCount }) => attemptCount, align: 'right' },
    { key: 'time', title: columns.time, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'right' },
  ];
}
