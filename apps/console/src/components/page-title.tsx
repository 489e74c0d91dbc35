import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { shellTexts } from '../texts/shell.js';
import { useNeedYou } from './need-you.js';
import classes from './page-title.module.css';

interface Props {
  title: string;
  lead?: ReactNode;
  /** What can be done here, at the right. */
  children?: ReactNode;
}

/** The one h1 of a page, and the name of its tab with how many destinations need somebody. */
export function PageTitle({ title, lead, children }: Props) {
  const { count = 0 } = useNeedYou();
  useEffect(() => {
    document.title = shellTexts.tabTitle(title, count);
  }, [title, count]);
  return (
    <Group justify="space-between" align="flex-end" mb="xl" gap="md">
      <div className={classes.words}>
        <Title order={1}>
          <bdi>{title}</bdi>
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" mt={4}>
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Group>
  );
}
