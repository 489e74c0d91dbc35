import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { Integration, Project } from '../../api/types.js';
import { HEALTH_ORDER } from '../../components/attention.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { DroppedFilters } from '../../components/dropped-filters.js';
import { useTyped } from '../../components/use-typed.js';
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
import { orderOf, sortOf } from './table-address.js';
import { TestButton } from './test-button.js';
import { useTableAddress } from './use-table-address.js';

type ProjectNames = ReadonlyMap<string, string>;

interface Props {
  integrations: Integration[];
  projects: Project[];
  /** The one that has just been connected. */
  lit: string | undefined;
  onAct: (action: RowAction, integration: Integration) => void;
}

export function IntegrationsTable({ integrations, projects, lit, onAct }: Props) {
  const { filter, change, clear, ...address } = useTableAddress();
  const { q = '', show, sort } = filter;
  const search = useTyped(q, (text, before) => change({ q: text }, { replace: before !== '' && text !== '' }));
  const wanted = useDeferredValue(search.typed.trim().toLowerCase());
  const names: ProjectNames = useMemo(() => new Map(projects.map(({ id, name }) => [id, name])), [projects]);
  const providers = useProviders();
  const only = (show ?? 'all') as Shown;
  const columns = useMemo(() => columnsFor(names, onAct), [names, onAct]);
  const shown = useMemo(
    () => integrations.filter((one) => isShown(one, only) && words(one, names, providers).includes(wanted)),
    [integrations, names, providers, only, wanted],
  );
  return (
    <>
      <DroppedFilters {...address} />
      <Narrowing
        tiles={providers.all}
        search={search}
        only={only}
        onOnly={(next) => change({ show: next === 'all' ? undefined : next })}
      >
        {integrationsTexts.found(shown.length, integrations.length)}
      </Narrowing>
      {shown.length > 0 ? (
        <DataTable
          label={integrationsTexts.connected}
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          lit={lit}
          order={orderOf(sort)}
          onOrder={(order) => change({ sort: sortOf(order) })}
        />
      ) : (
        <EmptyState title={integrationsTexts.nothingFound} hint={integrationsTexts.nothingFoundHint}>
          <Button variant="default" onClick={() => clear('sort')}>
            {integrationsTexts.showAll}
          </Button>
        </EmptyState>
      )}
    </>
  );
}

interface NarrowingProps {
  tiles: Providers['all'];
  search: ReturnType<typeof useTyped>;
  only: Shown;
  onOnly: (only: Shown) => void;
  /** How many are left. */
  children: string;
}

const Narrowing = ({ tiles, search, only, onOnly, children }: NarrowingProps) => (
  <Group mb="md" gap="md">
    <TextInput
      className={classes.search}
      ref={search.field}
      value={search.typed}
      onChange={(event) => search.type(event.currentTarget.value)}
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
  { name, destination, provider, projectId, owner }: Integration,
  names: ProjectNames,
  providers: Providers,
): string =>
  [name, destination, providers.name(provider), routeName(projectId, names), owner ?? ''].join('\n').toLowerCase();

const routeName = (projectId: string | null, names: ProjectNames): string =>
  projectId === null ? commonTexts.allProjects : (names.get(projectId) ?? projectId);

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
