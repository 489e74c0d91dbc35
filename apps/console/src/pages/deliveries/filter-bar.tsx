import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.js';
import type { Integration } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './filter-bar.module.css';
import { eventOf, spanOf, statusOf, type Filter } from './filter.js';

interface Props {
  filter: Filter;
  integrations: Integration[];
  onChange: (filter: Filter) => void;
}

const texts = deliveriesTexts.filter;
const MOST_OPTIONS = 100;

const choices = (named: Record<string, string>) => Object.entries(named).map(([value, label]) => ({ value, label }));
const STATUSES = choices(commonTexts.status);
const EVENTS = choices({ ...commonTexts.events, ...commonTexts.alerts });
const SPANS = choices(texts.spans);

export function FilterBar({ filter, integrations, onChange }: Props) {
  const { data: projects = [] } = useQuery(queries.projects());
  const { status, integrationId, projectId, eventType, span } = filter;
  const change = (part: Filter): void => onChange({ ...filter, ...part });
  const some = (id: string | null): string | undefined => id ?? undefined;
  return (
    <Group mb="md" gap="sm" align="flex-end">
      <Choice label={texts.status} data={STATUSES} value={status} onChange={(v) => change({ status: statusOf(v) })} />
      <Choice
        label={texts.integration}
        data={named(integrations)}
        value={integrationId}
        onChange={(id) => change({ integrationId: some(id) })}
        searchable
      />
      <Choice
        label={texts.project}
        data={named(projects)}
        value={projectId}
        onChange={(id) => change({ projectId: some(id) })}
        searchable
      />
      <Choice label={texts.event} data={EVENTS} value={eventType} onChange={(v) => change({ eventType: eventOf(v) })} />
      <Choice label={texts.span} data={SPANS} value={span} onChange={(v) => change({ span: spanOf(v) })} />
      {Object.keys(filter).length > 0 && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {texts.clear}
        </Button>
      )}
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | null) => void;
  searchable?: boolean;
}

export const Choice = ({ value, ...more }: ChoiceProps) => (
  <Select
    className={classes.field}
    placeholder={texts.any}
    value={value ?? null}
    limit={MOST_OPTIONS}
    clearable
    clearButtonProps={{ 'aria-label': texts.clearOne(more.label) }}
    {...more}
  />
);

const named = (things: { id: string; name: string }[]) => things.map(({ id, name }) => ({ value: id, label: name }));
