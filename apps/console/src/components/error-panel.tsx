import { Button, Paper, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiProblem } from '../api/problem.js';
import { commonTexts } from '../texts/common.js';
import classes from './panel.module.css';

/** Something could not be had: why, and what to do. */
export function ErrorPanel({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Paper className={classes.panel} role="alert">
      <span className={`${classes.icon} ${classes.failed}`} aria-hidden>
        <IconAlertTriangle size={22} stroke={1.6} />
      </span>
      <Text fw={600}>{problem?.message ?? commonTexts.error.title}</Text>
      <Text c="dimmed" maw={520}>
        {problem ? problem.detail : error.message}
      </Text>
      {problem?.requestId !== undefined && (
        <Text c="dimmed" size="xs" ff="monospace" mt="xs">
          {commonTexts.error.reference(problem.requestId)}
        </Text>
      )}
      {onRetry && (
        <Button variant="default" mt="lg" onClick={onRetry}>
          {commonTexts.error.retry}
        </Button>
      )}
    </Paper>
  );
}
