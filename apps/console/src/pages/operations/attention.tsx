import { Anchor, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHeartbeat } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { IntegrationSummary } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { HEALTH_ORDER, needsAttention } from '../../components/attention.js';
import { HealthBadge } from '../../components/health-badge.js';
import { Owner } from '../../components/owner.js';
import { ShowMore, useCut } from '../../components/show-more.js';
import { sorted, type Order } from '../../components/sorted.js';
import { operationsTexts } from '../../texts/operations.js';
import classes from './operations.module.css';

const FIRST = 10;

type Row = IntegrationSummary & { name: string; owner: string | null; enabled: boolean };

/** Destinations where somebody has to do something, and the way to it. */
export function Attention({ integrations }: { integrations: IntegrationSummary[] }) {
  const { data: known } = useQuery(queries.integrations());
  const rows = useMemo(() => {
    const byId = new Map(known?.map((integration) => [integration.id, integration]));
    return integrations
      .map((row) => ({
        ...row,
        name: byId.get(row.integrationId)?.name ?? '–',
        owner: byId.get(row.integrationId)?.owner ?? null,
        enabled: byId.get(row.integrationId)?.enabled ?? true,
      }))
      .filter((row) => needsAttention({ ...row, counts: row }))
      .toSorted((a, b) => HEALTH_ORDER[a.health] - HEALTH_ORDER[b.health] || b.dead - a.dead || b.held - a.held);
  }, [known, integrations]);
  const [order, setOrder] = useState<Order>();
  const sortBy = COLUMNS.find(({ key }) => key === order?.key)?.sortBy;
  const { shown, ...more } = useCut(sorted(rows, sortBy, order?.descending), FIRST);
  if (rows.length === 0)
    return (
      <Text className={classes.calm}>
        <IconHeartbeat size={20} stroke={1.6} aria-hidden />
        {operationsTexts.calm}
      </Text>
    );
  return (
    <section aria-labelledby="attention">
      <Title order={2} id="attention" mb="md">
        {operationsTexts.attention}
      </Title>
      <DataTable
        label={operationsTexts.attention}
        columns={COLUMNS}
        rows={[...shown]}
        order={order}
        onOrder={setOrder}
        rowKey={({ integrationId }) => integrationId}
        footer={more.left > 0 && <ShowMore {...more} />}
      />
    </section>
  );
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    title: operationsTexts.columns.name,
    cell: ({ name, owner, integrationId }) => (
      <div>
        <Anchor component={Link} to={`/integrations/${integrationId}`} size="sm" fw={550}>
          <bdi>{name}</bdi>
        </Anchor>
        <Owner name={owner} />
      </div>
    ),
    sortBy: ({ name }) => name,
  },
  { key: 'health', title: operationsTexts.columns.health, cell: (row) => <HealthBadge {...row} /> },
  { key: 'waiting', title: operationsTexts.columns.waiting, cell: ({ pending }) => pending, align: 'right' },
  { key: 'retrying', title: operationsTexts.columns.retrying, cell: ({ retrying }) => retrying, align: 'right' },
  {
    key: 'dead',
    title: operationsTexts.columns.dead,
    cell: (row) => <Count row={row} status="dead" />,
    sortBy: ({ dead }) => -dead,
    align: 'right',
  },
  {
    key: 'held',
    title: operationsTexts.columns.held,
    cell: (row) => <Count row={row} status="held" />,
    sortBy: ({ held }) => -held,
    align: 'right',
  },
];

/** How many wait for somebody, and where to deliver or discard them. */
function Count({ row, status }: { row: Row; status: 'dead' | 'held' }) {
  const { integrationId, name } = row;
  const count = row[status];
  if (count === 0) return count;
  return (
    <Anchor
      component={Link}
      to={`/deliveries?status=${status}&integrationId=${integrationId}`}
      size="sm"
      aria-label={operationsTexts.waitingFor[status](count, name)}
    >
      {count}
    </Anchor>
  );
}
