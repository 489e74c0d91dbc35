import { Box, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMapOff, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { destinationTexts } from '../../texts/destination.js';
import { destinationQueries } from './destination.queries.js';
import { History, useHistory } from './history.js';
import { Recent } from './recent.js';

const texts = destinationTexts.missing;

/** There is no destination of this id: it was deleted where something is known of it, otherwise there never was one. */
export function Missing({ id }: { id: string }) {
  const recent = useQuery({ ...destinationQueries.recent(id), retry: false });
  const history = useHistory(id);
  if (recent.isPending || history.isLoading) return <LoadingRows rows={3} />;
  const sent = (recent.data ?? []).length > 0;
  const changes = history.data ?? [];
  const removal = changes.find(({ action }) => action === 'integration.deleted');
  const deleted = sent || removal !== undefined;
  const Icon = deleted ? IconTrash : IconMapOff;
  const title = deleted ? texts.deleted : texts.title;
  return (
    <>
      <PageTitle title={title} />
      <EmptyState
        title={removal ? texts.deletedBy(removal.actor.name, removal.subject.name) : title}
        hint={deleted ? (sent ? texts.deletedHint : texts.deletedUnused) : texts.hint}
        icon={<Icon size={22} stroke={1.6} />}
      >
        <Button component={Link} to="/integrations">
          {texts.list}
        </Button>
      </EmptyState>
      {deleted && (
        <Box mt="2.5rem">
          <Stack gap="xl">
            {sent && <Recent integrationId={id} />}
            {changes.length > 0 && <History integrationId={id} />}
          </Stack>
        </Box>
      )}
    </>
  );
}
