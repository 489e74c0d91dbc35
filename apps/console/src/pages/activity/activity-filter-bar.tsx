import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { queries } from '../../api/queries.js';
import type { Address } from '../../components/address.js';
import { DroppedFilters } from '../../components/dropped-filters.js';
import { activityTexts } from '../../texts/activity.js';
import { Choice } from '../deliveries/choice.js';
import type { ActivityFilter } from './activity-filter.js';

type Entry = Schema<'ActivityEntry'>;
interface Option {
  value: string;
  label: string;
}

const texts = activityTexts.filter;
const options = (named: Record<string, string>): Option[] =>
  Object.entries(named).map(([value, label]) => ({ value, label }));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const ACTIONS = options(activityTexts.ways).map(({ value, label }) => ({ value, label: capital(label) }));
const SPANS = options(texts.spans);

interface Props extends Address<ActivityFilter> {
  entries: Entry[];
}

/** By person, action, object and time; says what of the address is not valid. */
export function ActivityFilterBar({ filter, dropped, change, clear, forgetDropped, entries }: Props) {
  const people = usePeople(filter.actorId, entries);
  const subjects = useSubjects(filter.subjectId, entries);
  const choice = (label: string, name: keyof ActivityFilter, data: Option[]) => (
    <Choice
      label={label}
      data={data}
      value={filter[name]}
      onChange={(value) => change({ [name]: value ?? undefined })}
      searchable={name !== 'span'}
    />
  );
  return (
    <>
      <DroppedFilters dropped={dropped} forgetDropped={forgetDropped} />
      <Group mb="md" gap="sm" align="flex-end">
        {choice(texts.actor, 'actorId', people)}
        {choice(texts.action, 'action', ACTIONS)}
        {choice(texts.subject, 'subjectId', subjects)}
        {choice(texts.span, 'span', SPANS)}
        {Object.keys(filter).length > 0 && (
          <Button variant="subtle" onClick={() => clear()}>
            {texts.clear}
          </Button>
        )}
      </Group>
    </>
  );
}

/** Who did something lately, and who is chosen. */
function usePeople(chosen: string | undefined, entries: Entry[]): Option[] {
  const { data: lately = [] } = useQuery({
    queryKey: keys.activity('people'),
    queryFn: async ({ signal }) =>
      (await body(api.GET('/api/v1/activity', { params: { query: { limit: 100 } }, signal }))).items,
    staleTime: 30_000,
  });
  const names = new Map([...lately, ...entries].map(({ actor }) => [actor.id, actor.name]));
  return withChosen(
    [...names].map(([value, label]) => ({ value, label })),
    chosen,
    texts.chosenPerson,
  );
}

/** Destinations and projects, and what is chosen: a release, or something that was deleted. */
function useSubjects(chosen: string | undefined, entries: Entry[]): Option[] {
  const { data: integrations = [] } = useQuery(queries.integrations());
  const { data: projects = [] } = useQuery(queries.projects());
  const known = [...integrations, ...projects].map(({ id, name }) => ({ value: id, label: name }));
  const name = entries.find(({ subject }) => subject.id === chosen)?.subject.name ?? texts.chosen;
  return withChosen(known, chosen, name);
}

const withChosen = (all: Option[], chosen: string | undefined, label: string): Option[] =>
  chosen === undefined || all.some(({ value }) => value === chosen) ? all : [...all, { value: chosen, label }];
