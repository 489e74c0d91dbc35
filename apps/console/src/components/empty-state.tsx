import { Box, Paper, Text } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

interface Props {
  title: string;
  /** What to do next. */
  hint: string;
  icon?: ReactNode;
  children?: ReactNode;
}

/** Nothing is here, and what to do about it. */
export function EmptyState({ title, hint, icon = <IconInbox size={22} stroke={1.6} />, children }: Props) {
  return (
    <Paper className={classes.panel}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" maw={440}>
        {hint}
      </Text>
      {children !== undefined && <Box mt="lg">{children}</Box>}
    </Paper>
  );
}
