import { Anchor, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlugConnected } from '@tabler/icons-react';
import { Suspense, lazy, useCallback, useState } from 'react';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import type { Integration } from '../../api/types.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { needsAttention } from '../../components/attention.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { useWithoutLeaving } from '../../undo/use-pending.js';
import { useSearch, without } from '../../components/search.js';
import { areOver } from '../first-steps/over.js';
import type { Opened } from './dialogs.js';
import { IntegrationsTable } from './integrations-table.js';
import { ProviderTiles } from './provider-tiles.js';
import type { RowAction } from './row-menu.js';
import { useActions } from './use-actions.js';
import { useConnectResult } from './use-connect-result.js';

const DeliveriesDrawer = lazy(() =>
  import('../deliveries/deliveries-drawer.js').then((module) => ({ default: module.DeliveriesDrawer })),
);
const ConnectResult = lazy(() => import('./connect-result.js').then((module) => ({ default: module.ConnectResult })));
const FirstSteps = lazy(() =>
  import('../first-steps/first-steps.js').then((module) => ({ default: module.FirstSteps })),
);
const Dialogs = lazy(() => import('./dialogs.js').then((module) => ({ default: module.Dialogs })));

/** An organization with more destinations needs no first steps. */
const FEW = 10;

/** The front page: where a release can be announced, and where it is. */
export function IntegrationsPage() {
  const [opened, setOpened] = useState<Opened>();
  const integrations = useQuery({ ...queries.integrations(), ...LIVE });
  const act = useActions(setOpened);
  const { answer, forget } = useConnectResult();
  const [over] = useState(areOver);
  const [settled, setSettled] = useState(false);
  const isNew = !over && integrations.data !== undefined && integrations.data.length <= FEW;
  const settle = useCallback(() => setSettled(true), []);
  return (
    <>
      <PageTitle title={integrationsTexts.title} lead={integrationsTexts.lead} />
      <NeedYouLine integrations={integrations.data ?? []} />
      {(answer.connected ?? answer.connect_error) !== undefined && (
        <Suspense>
          <ConnectResult answer={answer} onClose={forget} integrations={integrations.data} />
        </Suspense>
      )}
      {isNew && (
        <Suspense>
          <FirstSteps onSettled={settle} />
        </Suspense>
      )}
      <ProviderTiles onConnect={(provider) => setOpened({ kind: 'connect', provider })} />
      <Title order={2} mt="2.5rem" mb="md">
        {integrationsTexts.connected}
      </Title>
      {settled || !isNew ? <Connected onAct={act} lit={answer.connected} /> : <LoadingRows />}
      {opened && (
        <Suspense>
          <Dialogs opened={opened} onOpen={setOpened} />
        </Suspense>
      )}
      <Recent integrations={integrations.data} />
    </>
  );
}

/** One line that leads to the destinations that need somebody. */
function NeedYouLine({ integrations }: { integrations: Integration[] }) {
  const staying = useWithoutLeaving(integrations) ?? [];
  const count = staying.filter(needsAttention).length;
  if (count === 0) return null;
  return (
    <Anchor component={Link} to="?show=attention" display="inline-block" mb="lg" fw={550} c="var(--np-bad)">
      {integrationsTexts.needYou(count, staying.length)}
    </Anchor>
  );
}

/** The drawer of the destination that the address names: Back closes it, and does not open it again once it was closed. */
function Recent({ integrations }: { integrations: Integration[] | undefined }) {
  const [query, changeQuery] = useSearch();
  const integration = integrations?.find(({ id }) => id === query.get('deliveries'));
  if (!integration) return null;
  return (
    <Suspense>
      <DeliveriesDrawer
        integration={integration}
        onClose={() => changeQuery(without('deliveries'), { replace: true })}
      />
    </Suspense>
  );
}

interface ConnectedProps {
  onAct: (action: RowAction, integration: Integration) => void;
  /** The one that has just been connected. */
  lit: string | undefined;
}

function Connected({ onAct, lit }: ConnectedProps) {
  const integrations = useQuery(queries.integrations());
  const shown = useWithoutLeaving(integrations.data);
  const projects = useQuery(queries.projects());
  useRefreshOnAttempts(keys.integrations);
  const failed = [integrations, projects].find(({ error }) => error !== null);
  if (shown && projects.data) {
    if (shown.length > 0)
      return <IntegrationsTable integrations={shown} projects={projects.data} lit={lit} onAct={onAct} />;
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
