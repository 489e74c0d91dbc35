import { Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHeartbeat } from '@tabler/icons-react';
import { useMemo } from 'react';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { HealthBadge } from '../../components/health-badge.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { commonTexts } from '../../texts/common.js';
import { operationsTexts } from '../../texts/operations.js';
import classes from './operations.module.css';

type Row = Schema<'IntegrationSummary'> & { name: string };

const HOUR_MS = 3_600_000;
const EVERY_MS = 15_000;
const KEY = 'hour';

/** How the pipeline fares. */
export function OperationsPage() {
  const summary = useQuery({
    queryKey: keys.summary(KEY),
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - HOUR_MS).toISOString();
      return body(api.GET('/api/v1/deliveries/summary', { params: { query: { since } }, signal }));
    },
    refetchInterval: EVERY_MS,
  });
  useRefreshOnAttempts(keys.summary(KEY));
  return (
    <>
      <PageTitle title={operationsTexts.title} lead={operationsTexts.lead} />
      {summary.data ? (
        <Pictures summary={summary.data} />
      ) : summary.error ? (
        <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />
      ) : (
        <LoadingRows />
      )}
    </>
  );
}

function Pictures({ summary: { totals, latencyMs, integrations } }: { summary: Schema<'DeliverySummary'> }) {
  const { delivered, pending, retrying, dead, held } = totals;
  return (
    <>
      <dl className={classes.figures}>
        <Figure name={operationsTexts.delivered} value={delivered} />
        <Figure name={commonTexts.status.pending} value={pending} />
        <Figure name={commonTexts.status.retrying} value={retrying} />
        <Figure name={commonTexts.status.dead} value={dead} />
        <Figure name={commonTexts.status.held} value={held} />
        <Figure name={operationsTexts.p50} value={`${latencyMs.p50} ms`} />
        <Figure name={operationsTexts.p95} value={`${latencyMs.p95} ms`} />
      </dl>
      <Title order={2} mt="2.5rem" mb="md">
        {operationsTexts.attention}
      </Title>
      <Attention integrations={integrations} />
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: number | string }) => (
  <Paper className={classes.figure}>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <dd className={classes.value}>{value}</dd>
  </Paper>
);

function Attention({ integrations }: { integrations: Schema<'IntegrationSummary'>[] }) {
  const { data: known } = useQuery(queries.integrations());
  const rows = useMemo(() => {
    const names = new Map(known?.map(({ id, name }) => [id, name]));
    return integrations.filter(needsAttention).map((row) => ({ ...row, name: names.get(row.integrationId) ?? '–' }));
  }, [known, integrations]);
  if (rows.length > 0)
    return (
      <DataTable label={operationsTexts.attention} columns={COLUMNS} rows={rows} rowKey={(row) => row.integrationId} />
    );
  return (
    <EmptyState
      title={operationsTexts.calm}
      hint={operationsTexts.calmHint}
      icon={<IconHeartbeat size={22} stroke={1.6} />}
    />
  );
}

const needsAttention = ({ health, dead, held }: Schema<'IntegrationSummary'>): boolean =>
  health === 'failing' || health === 'needs_reconnect' || dead + held > 0;

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: operationsTexts.columns.name, cell: ({ name }) => name, sortBy: ({ name }) => name },
  { key: 'health', title: operationsTexts.columns.health, cell: ({ health }) => <HealthBadge health={health} /> },
  { key: 'waiting', title: operationsTexts.columns.waiting, cell: (row) => row.pending + row.retrying, align: 'right' },
  {
    key: 'dead',
    title: operationsTexts.columns.dead,
    cell: ({ dead }) => dead,
    sortBy: ({ dead }) => -dead,
    align: 'right',
  },
  {
    key: 'held',
    title: operationsTexts.columns.held,
    cell: ({ held }) => held,
    sortBy: ({ held }) => -held,
    align: 'right',
  },
];
