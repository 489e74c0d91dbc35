import { Button, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import type { Delivery, Integration } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { DeliveryLink } from './delivery-link.js';
import { DestinationLink } from './destination-link.js';
import { FindDelivery } from './find-delivery.js';
import { FilterBar } from './filter-bar.js';
import { queryOf, useFilter, type Filter } from './filter.js';
import { ManyBar } from './many-bar.js';

/** What was sent where, and how it fared. */
export function DeliveriesPage() {
  return (
    <>
      <PageTitle title={deliveriesTexts.title} lead={deliveriesTexts.lead}>
        <FindDelivery />
      </PageTitle>
      <Deliveries />
    </>
  );
}

function Deliveries() {
  const { filter, setFilter } = useFilter();
  const list = useDeliveries(filter);
  const integrations = useQuery(queries.integrations());
  if (list.data === undefined || integrations.isPending) {
    if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
    return <LoadingFromDelivery rows={8} />;
  }
  const rows = list.data.pages.flatMap(({ items }) => items);
  const narrowed = Object.keys(filter).length > 0;
  if (rows.length === 0 && !narrowed)
    return (
      <EmptyState
        title={deliveriesTexts.empty}
        hint={deliveriesTexts.emptyHint}
        icon={<IconSend size={22} stroke={1.6} />}
      />
    );
  const older = list.hasNextPage && (
    <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {deliveriesTexts.older}
    </Button>
  );
  return (
    <>
      <FilterBar filter={filter} integrations={integrations.data ?? []} onChange={setFilter} />
      <ManyBar filter={filter} integrations={integrations.data ?? []} />
      {rows.length > 0 ? (
        <Rows rows={rows} integrations={integrations.data ?? []} footer={older} />
      ) : (
        <EmptyState title={deliveriesTexts.filter.none} hint={deliveriesTexts.filter.noneHint} />
      )}
    </>
  );
}

/** The newest page, and older ones as they are asked for; live. */
function useDeliveries(filter: Filter) {
  const queryKey = keys.deliveries({ ...filter });
  useRefreshOnAttempts(queryKey);
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/deliveries', {
          params: { query: { ...queryOf(filter, Date.now()), cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...LIVE,
  });
}

function Rows({ rows, integrations, footer }: { rows: Delivery[]; integrations: Integration[]; footer: ReactNode }) {
  const names = useMemo(() => new Map(integrations.map(({ id, name }) => [id, name])), [integrations]);
  const columns = useMemo(() => columnsFor(names), [names]);
  return (
    <DataTable label={deliveriesTexts.title} columns={columns} rows={rows} rowKey={({ id }) => id} footer={footer} />
  );
}

function columnsFor(names: ReadonlyMap<string, string>): Column<Delivery>[] {
  const { columns } = deliveriesTexts;
  return [
    { key: 'event', title: columns.event, cell: (row) => <DeliveryLink delivery={row} /> },
    {
      key: 'destination',
      title: columns.destination,
      cell: ({ integrationId }) => <DestinationLink id={integrationId} name={names.get(integrationId)} />,
    },
    { key: 'status', title: columns.status, cell: (row) => <State delivery={row} /> },
    { key: 'attempts', title: columns.attempts, cell: ({ attemptCount }) => attemptCount, align: 'right' },
    { key: 'time', title: columns.time, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'right' },
  ];
}

/** How it stands, and what is wrong. */
function State({ delivery: { status, lastError } }: { delivery: Delivery }) {
  return (
    <>
      <StatusBadge status={status} />
      {status !== 'delivered' && lastError !== null && (
        <Text size="xs" c="dimmed" mt={2} lineClamp={1} title={lastError}>
          {lastError}
        </Text>
      )}
    </>
  );
}
