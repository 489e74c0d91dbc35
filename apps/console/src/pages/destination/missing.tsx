import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMapOff, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { destinationTexts } from '../../texts/destination.js';
import { destinationQueries } from './destination.queries.js';
import { Recent } from './recent.js';

const texts = destinationTexts.missing;

/** There is no destination of this id: it was deleted where something is known of it, otherwise there never was one. */
export function Missing({ id }: { id: string }) {
  const recent = useQuery({ ...destinationQueries.recent(id), retry: false });
  if (recent.isPending) return <LoadingRows rows={3} />;
  const deleted = (recent.data ?? []).length > 0;
  const Icon = deleted ? IconTrash : IconMapOff;
  const title = deleted ? texts.deleted : texts.title;
  return (
    <>
      <PageTitle title={title} />
      <EmptyState title={title} hint={deleted ? texts.deletedHint : texts.hint} icon={<Icon size={22} stroke={1.6} />}>
        <Button component={Link} to="/integrations">
          {texts.list}
        </Button>
      </EmptyState>
      {deleted && (
        <div style={{ marginTop: '2.5rem' }}>
          <Recent integrationId={id} />
        </div>
      )}
    </>
  );
}
