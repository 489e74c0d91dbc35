import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import { useRefusal } from '../../auth/permissions.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { Entries } from '../activity/activity-list.js';

const NEWEST = 20;

/** Who changed it; for those who may read that. */
export function History({ integrationId }: { integrationId: string }) {
  if (useRefusal('read-activity') !== undefined) return null;
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="md">
        {texts.activity}
      </Title>
      <Changes integrationId={integrationId} />
    </section>
  );
}

/** Undefined for those who may not read it, and until it is there. */
export function useHistory(integrationId: string) {
  const allowed = useRefusal('read-activity') === undefined;
  return useQuery({
    queryKey: keys.activity(integrationId),
    queryFn: async ({ signal }) => {
      const query = { subjectId: integrationId, limit: NEWEST };
      return (await body(api.GET('/api/v1/activity', { params: { query }, signal }))).items;
    },
    enabled: allowed,
    ...LIVE,
  });
}

function Changes({ integrationId }: { integrationId: string }) {
  const { data, error, refetch } = useHistory(integrationId);
  const projects = useQuery(queries.projects());
  const names = useMemo(
    () => projects.data && new Map(projects.data.map(({ id, name }) => [id, name])),
    [projects.data],
  );
  if (!data) return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={2} />;
  if (data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {texts.noActivity}
      </Text>
    );
  return <Entries entries={data} projects={names} here />;
}
