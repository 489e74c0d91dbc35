import { Button, Group } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import type { Delivery, Integration } from '../../api/types.js';
import type { Part } from '../../components/address.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { DroppedFilters } from '../../components/dropped-filters.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { DeliveryLink } from './delivery-link.js';
import { DeliveryState, STATE_WIDTH } from './delivery-state.js';
import { DestinationLink } from './destination-link.js';
import { FilterBar } from './filter-bar.js';
import { isNarrowed, queryOf, useFilter, type Filter } from './filter.js';
import { ManyBar } from './many-bar.js';

/** So many are a page. */
const PAGE = 25;
/** So often a page is asked on by itself where little matches; then a person says whether to search further. */
const MOST_LOOKS = 4;

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
  const { filter, change, clear, ...address } = useFilter();
  const list = useDeliveries(filter);
  const integrations = useQuery(queries.integrations());
  if (list.data === undefined || integrations.isPending) {
    if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
    return <LoadingFromDelivery rows={8} />;
  }
  const rows = list.data.pages.flatMap(({ items }) => items);
  const all = integrations.data ?? [];
  return (
    <>
      <DroppedFilters {...address} />
      <FilterBar filter={filter} integrations={all} onChange={change} onClear={() => clear('tests')} />
      <ManyBar filter={filter} integrations={all} />
      {rows.length > 0 ? (
        <Rows rows={rows} integrations={integrations.data} footer={pagesOf({ list, filter, onChange: change })} />
      ) : (
        <Nothing list={list} filter={filter} onChange={change} />
      )}
    </>
  );
}

type List = ReturnType<typeof useDeliveries>;

/** One page, asked on while it is not full; the newest is live. */
function useDeliveries(filter: Filter) {
  const queryKey = keys.deliveries({ ...filter });
  useRefreshOnAttempts(queryKey);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...queryOf(filter, Date.now()), limit: PAGE, cursor: pageParam };
      return body(api.GET('/api/v1/deliveries', { params: { query }, signal }));
    },
    initialPageParam: filter.page,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...LIVE,
  });
  const { data, hasNextPage, isFetching, isPlaceholderData, fetchNextPage } = list;
  const found = data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  const goesOn = hasNextPage && found < PAGE && (data?.pages.length ?? 0) < MOST_LOOKS;
  useEffect(() => {
    if (goesOn && !isFetching && !isPlaceholderData) void fetchNextPage();
  }, [goesOn, isFetching, isPlaceholderData, fetchNextPage]);
  return list;
}

interface ListProps {
  list: List;
  filter: Filter;
  onChange: (part: Part<Filter>) => void;
}

/** The way to older ones and back to the newest. */
function pagesOf({ list, filter, onChange }: ListProps): ReactNode {
  const older = list.data?.pages.at(-1)?.nextCursor ?? undefined;
  const go = (page: string | undefined): void => {
    onChange({ page });
    window.scrollTo(0, 0);
  };
  if (older === undefined && filter.page === undefined) return null;
  return (
    <Group gap="xs">
      {filter.page !== undefined && (
        <Button variant="subtle" onClick={() => go(undefined)}>
          {deliveriesTexts.newest}
        </Button>
      )}
      {older !== undefined && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => go(older)}>
          {deliveriesTexts.older}
        </Button>
      )}
    </Group>
  );
}

/** Nothing to show, and what to do about it. */
function Nothing({ list, filter, onChange }: ListProps) {
  const texts = deliveriesTexts.filter;
  if (list.hasNextPage)
    return (
      <EmptyState title={texts.noneSoFar} hint={texts.noneSoFarHint}>
        <Button variant="default" loading={list.isFetching} onClick={() => void list.fetchNextPage()}>
          {deliveriesTexts.further}
        </Button>
      </EmptyState>
    );
  const narrowed = isNarrowed(filter);
  if (filter.tests === 'show' && !narrowed) return <NothingAtAll />;
  return (
    <EmptyState
      title={narrowed ? texts.none : deliveriesTexts.empty}
      hint={filter.tests === 'show' ? texts.noneHint : narrowed ? texts.noneButTests : deliveriesTexts.emptyHint}
      icon={narrowed ? undefined : SENT}
    >
      {filter.tests === undefined && (
        <Button variant="default" onClick={() => onChange({ tests: 'show' })}>
          {deliveriesTexts.showTests}
        </Button>
      )}
    </EmptyState>
  );
}

const SENT = <IconSend size={22} stroke={1.6} />;
const NothingAtAll = () => <EmptyState title={deliveriesTexts.empty} hint={deliveriesTexts.emptyHint} icon={SENT} />;

interface RowsProps {
  rows: Delivery[];
  /** Undefined where nobody knows them. */
  integrations: Integration[] | undefined;
  footer: ReactNode;
}

function Rows({ rows, integrations, footer }: RowsProps) {
  const names = useMemo(() => integrations && new Map(integrations.map(({ id, name }) => [id, name])), [integrations]);
  const columns = useMemo(() => columnsFor(names), [names]);
  return (
    <DataTable
      label={deliveriesTexts.title}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      footer={footer}
      linked
    />
  );
}

function columnsFor(names: ReadonlyMap<string, string> | undefined): Column<Delivery>[] {
  const { columns } = deliveriesTexts;
  return [
    { key: 'event', title: columns.event, cell: (row) => <DeliveryLink delivery={row} /> },
    {
      key: 'destination',
      title: columns.destination,
      cell: ({ integrationId }) => (
        <DestinationLink id={integrationId} name={names ? names.get(integrationId) : commonTexts.notKnown} />
      ),
    },
    {
      key: 'status',
      title: columns.status,
      width: STATE_WIDTH,
      cell: (row) => <DeliveryState delivery={row} lines={1} />,
    },
    { key: 'attempts', title: columns.attempts, cell: ({ attemptCount }) => attemptCount, align: 'right' },
    { key: 'time', title: columns.time, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'right' },
  ];
}
