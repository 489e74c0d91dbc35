import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { ApiProblem } from '../../api/problem.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { TestButton } from '../integrations/test-button.js';
import { destinationQueries } from './destination.queries.js';
import { HealthPanel } from './health-panel.js';
import { Missing } from './missing.js';
import { Recent } from './recent.js';

/** One destination: how it is doing and why, what to do about it, and what it got. */
export function DestinationPage() {
  const { integrationId = '' } = useParams();
  return <One key={integrationId} id={integrationId} />;
}

function One({ id }: { id: string }) {
  const { data: integration, error, refetch } = useQuery({ ...destinationQueries.one(id), ...LIVE });
  useRefreshOnAttempts(keys.integration(id));
  if (error instanceof ApiProblem && error.status === 404) return <Missing id={id} />;
  if (!integration)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={4} />;
  return (
    <>
      <PageTitle
        title={integration.name}
        lead={
          <Anchor component={Link} to="/integrations">
            {texts.back}
          </Anchor>
        }
      >
        <Group gap="xs">
          <TestButton integration={integration} />
        </Group>
      </PageTitle>
      <Stack gap="xl">
        <HealthPanel integration={integration} />
        <Recent integrationId={id} />
      </Stack>
    </>
  );
}
