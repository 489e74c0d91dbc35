import { Anchor, Button, Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { eventsTexts as texts } from '../../texts/events.js';
import { EventType } from './event-type.js';
import { eventKinds, type EventKind } from './events.queries.js';

const COLUMNS: Column<EventKind>[] = [
  {
    key: 'type',
    title: texts.columns.type,
    cell: ({ type }) => (
      <Anchor component={Link} to={`/events/${type}`} ff="monospace" size="sm">
        {type}
      </Anchor>
    ),
  },
  { key: 'summary', title: texts.columns.summary, cell: ({ summary }) => summary },
];

/** All types of events, or the one that the address names. */
export function EventsPage() {
  const { eventType } = useParams();
  const { data, error, refetch } = useQuery(eventKinds());
  if (!data) return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={6} />;
  if (eventType === undefined) return <Catalog kinds={data} />;
  const kind = data.find(({ type }) => type === eventType);
  return kind ? <EventType key={eventType} kind={kind} /> : <Missing type={eventType} />;
}

const Catalog = ({ kinds }: { kinds: EventKind[] }) => (
  <>
    <PageTitle title={texts.title} lead={texts.lead} />
    <DataTable label={texts.list} columns={COLUMNS} rows={kinds} rowKey={({ type }) => type} linked />
  </>
);

const Missing = ({ type }: { type: string }) => (
  <>
    <PageTitle title={texts.missing} lead={<Code>{type}</Code>} />
    <EmptyState title={texts.missing} hint={texts.missingHint} icon={<IconMapOff size={22} stroke={1.6} />}>
      <Button component={Link} to="/events">
        {texts.toCatalog}
      </Button>
    </EmptyState>
  </>
);
