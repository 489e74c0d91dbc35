import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../components/empty-state.js';
import { PageTitle } from '../components/page-title.js';
import { notFoundTexts as texts } from '../texts/not-found.js';

export function NotFoundPage() {
  return (
    <>
      <PageTitle title={texts.title} />
      <EmptyState title={texts.title} hint={texts.hint} icon={<IconMapOff size={22} stroke={1.6} />}>
        <Button component={Link} to="/integrations">
          {texts.home}
        </Button>
      </EmptyState>
    </>
  );
}
