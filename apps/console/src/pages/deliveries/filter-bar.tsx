import { Button, Group, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { queries } from '../../api/queries.js';
import type { Integration, Project } from '../../api/types.js';
import type { Part } from '../../components/address.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { Choice } from './choice.js';
import { ExportButton } from './export-button.js';
import classes from './filter-bar.module.css';
import { howMany, isNarrowed, type Filter } from './filter.js';
import { dayOf } from './local-time.js';
import { SearchBox } from './search-box.js';
import { TimeRange } from './time-range.js';

interface Props {
  filter: Filter;
  integrations: Integration[];
  onChange: (part: Part<Filter>) => void;
}

const texts = deliveriesTexts.filter;

/** Stands for a time range of its own among the spans. */
const OWN = 'own';
const CHOICES = 'filters';

const choices = (named: Record<string, string>) => Object.entries(named).map(([value, label]) => ({ value, label }));
const STATUSES = choices(commonTexts.status);
const ENVIRONMENTS = choices(commonTexts.environments);
const EVENTS = choices({ ...commonTexts.events, ...commonTexts.alerts });
const SPANS = [...choices(texts.spans), { value: OWN, label: texts.own }];

/** A change leads to the first page of what is asked then. */
export function FilterBar({ filter, integrations, onChange, onClear }: Props & { onClear: () => void }) {
  const { data: projects = [] } = useQuery(queries.projects());
  const { from, to, tests } = filter;
  const [open, setOpen] = useState(false);
  const change = (part: Part<Filter>): void => onChange({ page: undefined, ...part });
  return (
    <>
      <Group mb="md" gap="md">
        <div role="search" className={classes.search}>
          <SearchBox integrations={integrations} projects={projects} onFind={change} />
        </div>
        <Switch
          label={texts.tests}
          checked={tests === 'show'}
          onChange={({ currentTarget }) => change({ tests: currentTarget.checked ? 'show' : undefined })}
        />
        <ExportButton filter={filter} />
      </Group>
      <Group mb="md" gap="sm" align="flex-end">
        <Button
          className={classes.fold}
          variant="default"
          leftSection={<IconFilter size={16} stroke={1.7} aria-hidden />}
          aria-expanded={open}
          aria-controls={CHOICES}
          onClick={() => setOpen(!open)}
        >
          {texts.fold(howMany(filter))}
        </Button>
        <div id={CHOICES} className={classes.choices} data-open={open || undefined}>
          <Choices filter={filter} integrations={integrations} projects={projects} onChange={change} />
        </div>
        {isNarrowed(filter) && (
          <Button variant="subtle" onClick={onClear}>
            {texts.clear}
          </Button>
        )}
      </Group>
      {hasRange(filter) && <TimeRange from={from} to={to} onChange={change} />}
    </>
  );
}

const hasRange = ({ from, to }: Filter): boolean => from !== undefined || to !== undefined;

function Choices({ filter, integrations, projects, onChange }: Props & { projects: Project[] }) {
  const { version } = filter;
  const choice = (label: string, name: keyof Filter, data: { value: string; label: string }[], searchable = false) => (
    <Choice
      label={label}
      data={data}
      value={filter[name]}
      onChange={(value) => onChange({ [name]: value ?? undefined })}
      searchable={searchable}
    />
  );
  return (
    <>
      {choice(texts.status, 'status', STATUSES)}
      {choice(texts.integration, 'integrationId', named(integrations), true)}
      {choice(texts.project, 'projectId', named(projects), true)}
      {choice(texts.environment, 'environment', ENVIRONMENTS)}
      {choice(texts.event, 'eventType', EVENTS)}
      <Choice
        label={texts.span}
        data={SPANS}
        value={hasRange(filter) ? OWN : filter.span}
        onChange={(value) => onChange(timesFor(value))}
      />
      {version !== undefined && (
        <Button
          variant="light"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={texts.noVersion(version)}
          onClick={() => onChange({ version: undefined })}
        >
          {texts.version(version)}
        </Button>
      )}
    </>
  );
}

const timesFor = (value: string | null): Part<Filter> =>
  value === OWN
    ? { span: undefined, from: dayOf(Date.now()), to: undefined }
    : { span: (value ?? undefined) as Filter['span'], from: undefined, to: undefined };

const named = (things: { id: string; name: string }[]) => things.map(({ id, name }) => ({ value: id, label: name }));
