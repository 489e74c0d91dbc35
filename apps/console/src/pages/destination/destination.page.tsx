import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttemptsOf } from '../../api/live.js';
import { ApiProblem } from '../../api/problem.js';
import type { Integration } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import type { Opened } from '../integrations/dialogs.js';
import { RowMenu } from '../integrations/row-menu.js';
import { TestButton } from '../integrations/test-button.js';
import { useActions } from '../integrations/use-actions.js';
import { About } from './about.js';
import { Attempts } from './attempts.js';
import { ChooseTest } from './choose-test.js';
import { destinationQueries } from './destination.queries.js';
import { HealthPanel } from './health-panel.js';
import { History } from './history.js';
import { Missing } from './missing.js';
import { Recent } from './recent.js';
import { Settings } from './settings.js';

const Dialogs = lazy(() => import('../integrations/dialogs.js').then((module) => ({ default: module.Dialogs })));

/** One destination: how it is doing and why, what to do about it, and what it got. */
export function DestinationPage() {
  const { integrationId = '' } = useParams();
  return <One key={integrationId} id={integrationId} />;
}

function One({ id }: { id: string }) {
  const { data: integration, error, refetch } = useQuery({ ...destinationQueries.one(id), ...LIVE });
  useRefreshOnAttemptsOf(id, keys.integration(id));
  if (error instanceof ApiProblem && error.status === 404) return <Missing id={id} />;
  if (!integration)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={4} />;
  return <Shown integration={integration} />;
}

function Shown({ integration }: { integration: Integration }) {
  const [opened, setOpened] = useState<Opened>();
  const act = useActions(setOpened);
  const navigate = useNavigate();
  const { id } = integration;
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
          <TestButton integration={integration} here />
          <ChooseTest integration={integration} />
          <RowMenu integration={integration} onAct={act} here />
        </Group>
      </PageTitle>
      <Stack gap="xl">
        <HealthPanel integration={integration} />
        <About integration={integration} />
        <Attempts integrationId={id} />
        <Recent integrationId={id} integration={integration} />
        <Settings integration={integration} onEdit={() => act('edit', integration)} />
        <History integrationId={id} />
      </Stack>
      {opened && (
        <Suspense>
          <Dialogs opened={opened} onOpen={setOpened} onDeleted={() => void navigate('/integrations')} />
        </Suspense>
      )}
    </>
  );
}
