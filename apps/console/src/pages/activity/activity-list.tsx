import { Anchor, Paper } from '@mantine/core';
import { Link } from 'react-router';
import type { Schema } from '../../api/client.js';
import { RelativeTime } from '../../components/relative-time.js';
import { activityTexts } from '../../texts/activity.js';
import classes from './activity.module.css';
import { changeText, isTold } from './change-text.js';

type Entry = Schema<'ActivityEntry'>;

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' });

interface Props {
  entries: Entry[];
  /** Names of projects by id; left out while they are not known, or where no entry names one. */
  projects?: ReadonlyMap<string, string> | undefined;
  /** The page of what it was done to: no entry leads there. */
  here?: boolean;
}

/** By day, newest first. */
export function ActivityList({ entries, projects }: Props) {
  return byDay(entries).map(([day, own]) => (
    <section key={day} aria-label={day}>
      <h2 className={classes.day}>{day}</h2>
      <Entries entries={own} projects={projects} />
    </section>
  ));
}

/** One after the other. */
export function Entries({ entries, projects, here = false }: Props) {
  return (
    <Paper>
      <ul className={classes.list}>
        {entries.map((entry) => (
          <One key={entry.id} entry={entry} projects={projects} here={here} />
        ))}
      </ul>
    </Paper>
  );
}

function byDay(entries: Entry[]): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = DAY.format(new Date(entry.at));
    const own = days.get(day);
    if (own) own.push(entry);
    else days.set(day, [entry]);
  }
  return [...days];
}

function One({ entry, projects, here }: { entry: Entry; projects: Props['projects']; here: boolean }) {
  const { actor, action, at } = entry;
  const fresh = action === 'integration.connected';
  const changes = entry.changes.filter((change) => isTold(change, fresh));
  return (
    <li className={classes.one}>
      <span>
        <strong>
          <bdi>{actor.name}</bdi>
        </strong>{' '}
        {activityTexts.did(action)} <Subject entry={entry} here={here} />
      </span>
      <span className={classes.time}>
        <RelativeTime at={at} />
      </span>
      {changes.length > 0 && (
        <ul className={classes.changes} data-short={!here || undefined}>
          {changes.map((change) => (
            <li key={change.field}>{changeText(change, projects, fresh)}</li>
          ))}
          {action.startsWith('deliveries.') && <DeliveriesOf entry={entry} />}
        </ul>
      )}
    </li>
  );
}

/** The way to what was resent or discarded; of several to the list of their destination. */
function DeliveriesOf({ entry: { changes, subject } }: { entry: Entry }) {
  const id = changes.find(({ field }) => field === 'delivery')?.after;
  return (
    <li>
      <Anchor component={Link} to={id ? `/deliveries/${id}` : `/deliveries?integrationId=${subject.id}`} size="xs">
        {id ? activityTexts.seeDelivery : activityTexts.seeDeliveries}
      </Anchor>
    </li>
  );
}

function Subject({ entry: { action, subject, projectId }, here }: { entry: Entry; here: boolean }) {
  const to = here ? undefined : addressOf(subject, projectId);
  if (to === undefined || action.endsWith('.deleted'))
    return (
      <strong>
        <bdi>{subject.name}</bdi>
      </strong>
    );
  return (
    <Anchor component={Link} to={to} fw={550}>
      <bdi>{subject.name}</bdi>
    </Anchor>
  );
}

function addressOf({ kind, id }: Entry['subject'], projectId: string | null): string | undefined {
  if (kind === 'project') return `/projects/${id}`;
  if (kind === 'release') return `/projects/${projectId}/releases/${id}`;
  return kind === 'integration' ? `/integrations/${id}` : undefined;
}
