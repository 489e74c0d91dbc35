import { Paper, Text, UnstyledButton } from '@mantine/core';
import { Link } from 'react-router';
import type { DeliverySummary } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { operationsTexts } from '../../texts/operations.js';
import classes from './operations.module.css';

const NUMBER = new Intl.NumberFormat('en-GB');
const OPEN = ['pending', 'retrying', 'dead', 'held'] as const;

/** The numbers of now, each leading to its list, and under them those of the span. */
export function Figures({ summary: { totals, latencyMs } }: { summary: DeliverySummary }) {
  return (
    <dl className={classes.figures}>
      {OPEN.map((status) => (
        <Figure
          key={status}
          name={operationsTexts.open[status]}
          value={NUMBER.format(totals[status])}
          to={`/deliveries?status=${status}`}
          label={operationsTexts.list(commonTexts.status[status])}
          bad={status === 'dead' && totals.dead > 0}
        />
      ))}
      <Figure name={operationsTexts.delivered} value={NUMBER.format(totals.delivered)} />
      <Figure name={operationsTexts.p50} value={`${NUMBER.format(latencyMs.p50)} ms`} />
      <Figure name={operationsTexts.p95} value={`${NUMBER.format(latencyMs.p95)} ms`} />
      <Figure name={operationsTexts.p99} value={`${NUMBER.format(latencyMs.p99)} ms`} />
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: string;
  to?: string;
  label?: string;
  bad?: boolean;
}

const Figure = ({ name, value, to, label, bad }: FigureProps) => (
  <Paper className={classes.figure}>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <dd className={classes.value} data-bad={bad || undefined}>
      {to === undefined ? (
        value
      ) : (
        <UnstyledButton component={Link} to={to} className={classes.link} aria-label={`${label}: ${value}`}>
          {value}
        </UnstyledButton>
      )}
    </dd>
  </Paper>
);
