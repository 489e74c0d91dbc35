import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../components/empty-state.js';
import { PageTitle } from '../components/page-title.js';
import { shellTexts } from '../texts/shell.js';

export function NotFoundPage() {
  return (
    <>
      <PageTitle title={shellTexts.notFound} />
      <EmptyState
        title={shellTexts.notFound}
        hint={shellTexts.notFoundHint}
        icon={<IconMapOff size={22} stroke={1.6} />}
      >
        <Button component={Link} to="/integrations">
          {shellTexts.home}
        </Button>
      </EmptyState>
    </>
  );
}
