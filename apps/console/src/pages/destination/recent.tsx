import { Anchor, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import type { Delivery } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { DeliveryLink } from '../deliveries/delivery-link.js';
import { destinationQueries } from './destination.queries.js';

/** What it got last; live. */
export function Recent({ integrationId }: { integrationId: string }) {
  return (
    <section aria-labelledby="recent">
      <Title order={2} id="recent" mb="md">
        {texts.recent}
      </Title>
      <Newest integrationId={integrationId} />
    </section>
  );
}

function Newest({ integrationId }: { integrationId: string }) {
  const { data, error, refetch } = useQuery({ ...destinationQueries.recent(integrationId), ...LIVE });
  useRefreshOnAttempts(keys.deliveries({ newestOf: integrationId }));
  if (!data)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingFromDelivery rows={5} />;
  if (data.length === 0) return <EmptyState title={texts.nothingSent} hint={texts.nothingSentHint} />;
  return (
    <DataTable
      label={texts.recent}
      columns={COLUMNS}
      rows={data}
      rowKey={({ id }) => id}
      footer={
        <Anchor component={Link} to={`/deliveries?integrationId=${integrationId}`} size="sm">
          {texts.seeAll}
        </Anchor>
      }
    />
  );
}

const { columns: titles } = deliveriesTexts;

const COLUMNS: Column<Delivery>[] = [
  { key: 'event', title: titles.event, cell: (row) => <DeliveryLink delivery={row} /> },
  { key: 'status', title: titles.status, cell: (row) => <State delivery={row} /> },
  { key: 'attempts', title: titles.attempts, cell: ({ attemptCount }) => attemptCount, align: 'right' },
  { key: 'time', title: titles.time, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'right' },
];

function State({ delivery: { status, lastError } }: { delivery: Delivery }) {
  return (
    <div>
      <StatusBadge status={status} />
      {status !== 'delivered' && lastError !== null && (
        <Text size="xs" c="dimmed" mt={2} lineClamp={2} title={lastError}>
          {lastError}
        </Text>
      )}
    </div>
  );
}
