import { Group, SegmentedControl, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttemptsOf } from '../../api/live.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { useSearch, withValue } from '../../components/search.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { destinationTexts as texts } from '../../texts/destination.js';

const HOUR_MS = 3_600_000;
const SPANS = { '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS };
type Span = keyof typeof SPANS;
const CHOICES = Object.entries(texts.spans).map(([value, label]) => ({ value, label }));
const EVERY_MS = 60_000;

const AttemptCharts = lazy(() =>
  import('../operations/charts.js').then((module) => ({ default: module.AttemptCharts })),
);

/** Its attempts of a day or a week, by outcome, and how long the answers took; live. */
export function Attempts({ integrationId }: { integrationId: string }) {
  const [query, changeQuery] = useSearch();
  const span: Span = query.get('span') === '7d' ? '7d' : '24h';
  const { data, error, refetch } = useSummary(integrationId, span);
  return (
    <section aria-labelledby="attempts">
      <Group justify="space-between" mb="md">
        <Title order={2} id="attempts">
          {texts.attempts}
        </Title>
        <SegmentedControl
          data={CHOICES}
          value={span}
          onChange={(next) => changeQuery(withValue('span', next === '24h' ? undefined : next))}
          aria-label={texts.span}
        />
      </Group>
      {data ? (
        <Suspense fallback={<LoadingFromDelivery rows={4} />}>
          <AttemptCharts summary={data} />
        </Suspense>
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingFromDelivery rows={4} />
      )}
    </section>
  );
}

function useSummary(integrationId: string, span: Span) {
  const queryKey = keys.destinationSummary(integrationId, span);
  useRefreshOnAttemptsOf(integrationId, queryKey);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - SPANS[span]).toISOString();
      return body(api.GET('/api/v1/deliveries/summary', { params: { query: { since, integrationId } }, signal }));
    },
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}
