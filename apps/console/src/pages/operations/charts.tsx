import '@mantine/charts/styles.layer.css';
import { BarChart, LineChart } from '@mantine/charts';
import { Paper, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { queries } from '../../api/queries.js';
import type { DeliverySummary } from '../../api/types.js';
import { operationsTexts } from '../../texts/operations.js';
import { pointsOf, waitingByDestination, type Point } from './points.js';
import classes from './operations.module.css';

const texts = operationsTexts.charts;
const HEIGHT = 220;
const BAR = 34;
const NAMES = 140;
const OUTCOMES = [
  { name: 'delivered', label: operationsTexts.delivered, color: 'var(--np-chart-good)' },
  { name: 'failed', label: texts.failed, color: 'var(--np-chart-bad)' },
];
const LATENCY = [{ name: 'p95', label: texts.p95, color: 'var(--np-chart-info)' }];
const WAITING = [
  { name: 'dead', label: operationsTexts.columns.dead, color: 'var(--np-chart-bad)' },
  { name: 'held', label: operationsTexts.columns.held, color: 'var(--np-chart-idle)' },
];
/** The picture is told in words beside it; its parts say nothing more to a screen reader. */
const SILENT = { accessibilityLayer: false };

/** What happened over the span. A chunk of its own, for the library weighs more than all the rest. */
export function Charts({ summary }: { summary: DeliverySummary }) {
  return (
    <div className={classes.charts}>
      <Attempts summary={summary} />
      <Waiting summary={summary} />
    </div>
  );
}

/** The attempts alone: of one destination. */
export function AttemptCharts({ summary }: { summary: DeliverySummary }) {
  return (
    <div className={classes.charts}>
      <Attempts summary={summary} />
    </div>
  );
}

/** By outcome, and how long the answers took. */
function Attempts({ summary }: { summary: DeliverySummary }) {
  const { points, each } = useMemo(() => pointsOf(summary), [summary]);
  const attempts = points.reduce((sum, { delivered, failed }) => sum + delivered + failed, 0);
  return (
    <>
      <Picture title={texts.outcomes(each)} told={texts.outcomesTold(points)} empty={attempts === 0}>
        <BarChart
          h={HEIGHT}
          data={points}
          dataKey="label"
          type="stacked"
          series={OUTCOMES}
          barChartProps={SILENT}
          barProps={{ isAnimationActive: false }}
          {...COMMON}
        />
      </Picture>
      <Picture title={texts.latency(each)} told={texts.latencyTold(summary.latencyMs)} empty={attempts === 0}>
        <LineChart
          h={HEIGHT}
          data={latencies(points)}
          dataKey="label"
          series={LATENCY}
          valueFormatter={texts.ms}
          dotProps={{ r: 2.5, strokeWidth: 0 }}
          strokeWidth={2}
          curveType="linear"
          connectNulls={false} // nothing was measured in between
          lineChartProps={SILENT}
          lineProps={{ isAnimationActive: false }}
          {...COMMON}
          yAxisProps={{ ...COMMON.yAxisProps, width: 72 }}
        />
      </Picture>
    </>
  );
}

const COMMON = {
  tickLine: 'none',
  gridAxis: 'x',
  xAxisProps: { minTickGap: 40 },
  yAxisProps: { allowDecimals: false },
} as const;

/** Where nothing was tried there is no time to show. */
const latencies = (points: Point[]) =>
  points.map(({ label, p95, delivered, failed }) => ({ label, p95: delivered + failed === 0 ? null : p95 }));

/** What waits for somebody, by destination, the most first. */
function Waiting({ summary }: { summary: DeliverySummary }) {
  const { data: known } = useQuery(queries.integrations());
  const rows = useMemo(() => waitingByDestination(summary.integrations, known ?? []), [summary, known]);
  if (rows.length === 0) return null;
  return (
    <Picture title={texts.waiting} told={texts.waitingTold(rows)} wide>
      <BarChart
        h={rows.length * BAR + BAR}
        data={rows}
        dataKey="name"
        type="stacked"
        orientation="vertical"
        series={WAITING}
        barChartProps={SILENT}
        barProps={{ isAnimationActive: false, maxBarSize: 18 }}
        tickLine="none"
        gridAxis="none"
        yAxisProps={{ width: NAMES, tick: NameOfBar }}
        xAxisProps={{ allowDecimals: false }}
      />
    </Picture>
  );
}

/** Places are numbers, or as the picture's styles write them. */
interface NameProps {
  x: number | string;
  y: number | string;
  payload: { value: string };
}

/** The text of a drawing is not cut where its place ends; that of a page is. */
const NameOfBar = ({ x, y, payload: { value } }: NameProps) => (
  <foreignObject x={Number(x) - NAMES} y={Number(y) - BAR / 2} width={NAMES} height={BAR}>
    <bdi className={classes.bar}>{value}</bdi>
  </foreignObject>
);

interface PictureProps {
  title: string;
  told: string;
  empty?: boolean;
  wide?: boolean;
  children: ReactNode;
}

const Picture = ({ title, told, empty = false, wide = false, children }: PictureProps) => (
  <Paper component="figure" className={classes.picture} data-wide={wide || undefined}>
    <Text component="figcaption" size="sm" fw={550} mb="md">
      {title}
      <VisuallyHidden>. {told}</VisuallyHidden>
    </Text>
    {empty ? (
      <div className={classes.nothing} style={{ height: HEIGHT }}>
        {texts.nothing}
      </div>
    ) : (
      <div aria-hidden>{children}</div>
    )}
  </Paper>
);
