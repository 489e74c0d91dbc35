import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlugConnected } from '@tabler/icons-react';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { IntegrationsTable } from './integrations-table.js';
import { ProviderTiles } from './provider-tiles.js';

/** The front page: where a release can be announced, and where it is. */
export function IntegrationsPage() {
  return (
    <>
      <PageTitle title={integrationsTexts.title} lead={integrationsTexts.lead} />
      <ProviderTiles />
      <Title order={2} mt="2.5rem" mb="md">
        {integrationsTexts.connected}
      </Title>
      <Connected />
    </>
  );
}

function Connected() {
  const integrations = useQuery(queries.integrations());
  const projects = useQuery(queries.projects());
  useRefreshOnAttempts(keys.integrations);
  const failed = [integrations, projects].find(({ error }) => error !== null);
  if (integrations.data && projects.data) {
    if (integrations.data.length > 0)
      return <IntegrationsTable integrations={integrations.data} projects={projects.data} />;
    return (
      <EmptyState
        title={integrationsTexts.empty}
        hint={integrationsTexts.emptyHint}
        icon={<IconPlugConnected size={22} stroke={1.6} />}
      />
    );
  }
  if (failed?.error) return <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />;
  return <LoadingRows />;
}
