import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Integration, Project } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { withValue } from '../../components/search.js';
import { useProviders, type Providers } from '../../components/use-providers.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { commonTexts } from '../../texts/common.js';
import { Destination } from './destination.js';
import { EnabledSwitch } from './enabled-switch.js';
import classes from './integrations-table.module.css';
import { LastDelivery } from './last-delivery.js';
import { choices, isShown, type Shown } from './shown.js';
import { Route } from './route.js';
import { RowMenu, type RowAction } from './row-menu.js';
import { States } from './states.js';
import { TestButton } from './test-button.js';

type ProjectNames = ReadonlyMap<string, string>;

interface Props {
  integrations: Integration[];
  projects: Project[];
  /** The one that has just been connected. */
  lit: string | undefined;
  onAct: (action: RowAction, integration: Integration) => void;
}

export function IntegrationsTable({ integrations, projects, lit, onAct }: Props) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const names: ProjectNames = useMemo(() => new Map(projects.map(({ id, name }) => [id, name])), [projects]);
  const providers = useProviders();
  const [only, setOnly] = useShown(providers.all);
  const columns = useMemo(() => columnsFor(names, onAct), [names, onAct]);
  const shown = useMemo(
    () => integrations.filter((one) => isShown(one, only) && words(one, names, providers).includes(wanted)),
    [integrations, names, providers, only, wanted],
  );
  const showAll = (): void => {
    setSearch('');
    setOnly('all');
  };
  return (
    <>
      <Narrowing tiles={providers.all} search={search} onSearch={setSearch} only={only} onOnly={setOnly}>
        {integrationsTexts.found(shown.length, integrations.length)}
      </Narrowing>
      {shown.length > 0 ? (
        <DataTable
          label={integrationsTexts.connected}
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          lit={lit}
        />
      ) : (
        <EmptyState title={integrationsTexts.nothingFound} hint={integrationsTexts.nothingFoundHint}>
          <Button variant="default" onClick={showAll}>
            {integrationsTexts.showAll}
          </Button>
        </EmptyState>
      )}
    </>
  );
}

/** Kept in the address, so that Back works; one that nobody knows is all of them. */
function useShown(tiles: Providers['all']): [Shown, (only: Shown) => void] {
  const [query, setQuery] = useSearchParams();
  const only = choices(tiles).find(({ value }) => value === query.get('show'))?.value ?? 'all';
  return [only, (next) => setQuery(withValue('show', next === 'all' ? undefined : next))];
}

interface NarrowingProps {
  tiles: Providers['all'];
  search: string;
  onSearch: (search: string) => void;
  only: Shown;
  onOnly: (only: Shown) => void;
  /** How many are left. */
  children: string;
}

const Narrowing = ({ tiles, search, onSearch, only, onOnly, children }: NarrowingProps) => (
  <Group mb="md" gap="md">
    <TextInput
      className={classes.search}
      value={search}
      onChange={(event) => onSearch(event.currentTarget.value)}
      placeholder={integrationsTexts.search}
      aria-label={integrationsTexts.search}
      leftSection={<IconSearch size={16} stroke={1.7} />}
    />
    <NativeSelect
      data={choices(tiles)}
      value={only}
      onChange={(event) => onOnly(event.currentTarget.value as Shown)}
      aria-label={integrationsTexts.show}
    />
    <Text size="sm" c="dimmed" role="status">
      {children}
    </Text>
  </Group>
);

const words = (
  { name, destination, provider, projectId }: Integration,
  names: ProjectNames,
  providers: Providers,
): string => [name, destination, providers.name(provider), routeName(projectId, names)].join('\n').toLowerCase();

const routeName = (projectId: string | null, names: ProjectNames): string =>
  projectId === null ? commonTexts.allProjects : (names.get(projectId) ?? projectId);

/** The worst first. */
const HEALTH_ORDER: Record<NonNullable<Integration['health']>, number> = {
  needs_reconnect: 0,
  failing: 1,
  unknown: 2,
  healthy: 3,
};

function columnsFor(names: ProjectNames, onAct: Props['onAct']): Column<Integration>[] {
  const { columns } = integrationsTexts;
  return [
    {
      key: 'name',
      title: columns.name,
      cell: (row) => <Destination integration={row} />,
      sortBy: ({ name }) => name,
    },
    {
      key: 'route',
      title: columns.route,
      cell: (row) => <Route integration={row} project={routeName(row.projectId, names)} />,
      sortBy: ({ projectId }) => routeName(projectId, names),
    },
    {
      key: 'health',
      title: columns.health,
      cell: (row) => (
        <States integration={row} onWaiting={(status) => onAct(status, row)} onRecipients={() => onAct('edit', row)} />
      ),
      sortBy: ({ health }) => HEALTH_ORDER[health ?? 'unknown'],
    },
    {
      key: 'last',
      title: columns.last,
      cell: (row) => <LastDelivery integration={row} />,
      sortBy: ({ lastDelivery }) => -Date.parse(lastDelivery?.at ?? '1970-01-01'),
    },
    {
      key: 'enabled',
      title: columns.enabled,
      cell: (row) => <EnabledSwitch integration={row} />,
      sortBy: ({ enabled }) => Number(!enabled),
    },
    {
      key: 'actions',
      title: integrationsTexts.actions,
      hideTitle: true,
      align: 'right',
      cell: (row) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <TestButton integration={row} />
          <RowMenu integration={row} onAct={onAct} />
        </Group>
      ),
    },
  ];
}
