import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { DeliverySummary } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { PageTitle } from '../../components/page-title.js';
import { useSearch, withValue } from '../../components/search.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { operationsTexts } from '../../texts/operations.js';
import { Attention } from './attention.js';
import { Figures } from './figures.js';
import classes from './operations.module.css';

const HOUR_MS = 3_600_000;
const SPANS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS };
type Span = keyof typeof SPANS;
const CHOICES = Object.entries(operationsTexts.spans).map(([value, label]) => ({ value, label }));
const EVERY_MS = 15_000;

const Charts = lazy(() => import('./charts.js').then((module) => ({ default: module.Charts })));

/** How the pipeline fares, live: what needs somebody first. */
export function OperationsPage() {
  const [query, changeQuery] = useSearch();
  const span = spanOf(query.get('span'));
  const summary = useSummary(span);
  return (
    <>
      <PageTitle title={operationsTexts.title} lead={operationsTexts.lead}>
        <SegmentedControl
          data={CHOICES}
          value={span}
          onChange={(next) => changeQuery(withValue('span', next === '1h' ? undefined : next), { replace: true })}
          aria-label={operationsTexts.span}
        />
      </PageTitle>
      {summary.data ? (
        <Pipeline summary={summary.data} />
      ) : summary.error ? (
        <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />
      ) : (
        <LoadingFromDelivery rows={8} />
      )}
    </>
  );
}

const spanOf = (value: string | null): Span => (value !== null && value in SPANS ? (value as Span) : '1h');

/** By each attempt, at most once a second, and by the clock, for what goes by without one. */
function useSummary(span: Span) {
  const queryKey = keys.summary(span);
  useRefreshOnAttempts(queryKey);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - SPANS[span]).toISOString();
      return body(api.GET('/api/v1/deliveries/summary', { params: { query: { since } }, signal }));
    },
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

function Pipeline({ summary }: { summary: DeliverySummary }) {
  return (
    <>
      <Attention integrations={summary.integrations} />
      <Figures summary={summary} />
      <Suspense fallback={<div className={classes.charts} aria-busy />}>
        <Charts summary={summary} />
      </Suspense>
    </>
  );
}
