import { Anchor, Checkbox, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttemptsOf } from '../../api/live.js';
import type { Delivery, Integration } from '../../api/types.js';
import { useRefusal } from '../../auth/permissions.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { RelativeTime } from '../../components/relative-time.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { DeliveryLink, subjectOf } from '../deliveries/delivery-link.js';
import { DeliveryState, STATE_WIDTH } from '../deliveries/delivery-state.js';
import classes from './destination.module.css';
import { destinationQueries } from './destination.queries.js';
import { PickedBar } from './picked-bar.js';
import { canBePicked } from './selection.js';

interface Props {
  integrationId: string;
  /** Left out where it was deleted: nothing can be sent there. */
  integration?: Integration;
}

/** What it got last; live. */
export function Recent({ integrationId, integration }: Props) {
  return (
    <section aria-labelledby="recent">
      <Title order={2} id="recent" mb="md">
        {texts.recent}
      </Title>
      <Newest integrationId={integrationId} integration={integration} />
    </section>
  );
}

function Newest({ integrationId, integration }: Props) {
  const { data, error, refetch } = useQuery({ ...destinationQueries.recent(integrationId), ...LIVE });
  useRefreshOnAttemptsOf(integrationId, keys.deliveries({ newestOf: integrationId }));
  if (!data)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingFromDelivery rows={5} />;
  if (data.length === 0) return <EmptyState title={texts.nothingSent} hint={texts.nothingSentHint} />;
  return <Rows integrationId={integrationId} integration={integration} rows={data} />;
}

function Rows({ integrationId, integration, rows }: Props & { rows: Delivery[] }) {
  const mayPick = useRefusal('redeliver') === undefined && integration !== undefined;
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const pickable = mayPick ? rows.filter(canBePicked) : [];
  const picked = pickable.filter(({ id }) => ids.has(id));
  const columns = useMemo(() => (mayPick ? [pickColumn(ids, setIds), ...COLUMNS] : COLUMNS), [mayPick, ids]);
  const all = picked.length > 0 && picked.length === pickable.length;
  return (
    <>
      {integration && pickable.length > 0 && (
        <Group gap="md" mb="sm" className={classes.picking}>
          <Checkbox
            label={texts.picked.all}
            checked={all}
            indeterminate={picked.length > 0 && !all}
            onChange={() => setIds(new Set(all ? [] : pickable.map(({ id }) => id)))}
          />
          {picked.length > 0 && (
            <PickedBar integration={integration} picked={picked} onDone={() => setIds(new Set())} />
          )}
        </Group>
      )}
      <DataTable
        label={texts.recent}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        footer={
          <Anchor component={Link} to={`/deliveries?integrationId=${integrationId}`} size="sm">
            {texts.seeAll}
          </Anchor>
        }
      />
    </>
  );
}

function pickColumn(ids: ReadonlySet<string>, onPick: (ids: ReadonlySet<string>) => void): Column<Delivery> {
  const toggled = (id: string): ReadonlySet<string> =>
    new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]);
  return {
    key: 'pick',
    title: texts.picked.column,
    hideTitle: true,
    width: '3rem',
    cell: (row) =>
      canBePicked(row) && (
        <Checkbox
          checked={ids.has(row.id)}
          onChange={() => onPick(toggled(row.id))}
          aria-label={texts.picked.one(subjectOf(row))}
        />
      ),
  };
}

const { columns: titles } = deliveriesTexts;

const COLUMNS: Column<Delivery>[] = [
  { key: 'event', title: titles.event, cell: (row) => <DeliveryLink delivery={row} /> },
  {
    key: 'status',
    title: titles.status,
    width: STATE_WIDTH,
    cell: (row) => <DeliveryState delivery={row} lines={2} />,
  },
  { key: 'attempts', title: titles.attempts, cell: ({ attemptCount }) => attemptCount, align: 'right' },
  { key: 'time', title: titles.time, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'right' },
];
