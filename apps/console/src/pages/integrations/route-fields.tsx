import { Checkbox, Chip, Group, Input, Radio, Select, Stack } from '@mantine/core';
import type { Environment, EventType, Project } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import type { Draft } from './draft.js';

interface Props {
  draft: Draft;
  projects: Project[];
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

const EVENTS = Object.entries(commonTexts.events) as [EventType, string][];
const ENVIRONMENTS = Object.entries(commonTexts.environments) as [Environment, string][];
const texts = integrationDialogTexts.form;

/** Which releases a destination hears of. */
export function RouteFields({ draft, projects, errors, onChange }: Props) {
  const { projectId } = draft;
  return (
    <Stack gap="sm">
      <Radio.Group
        label={texts.route}
        value={projectId === null ? 'all' : 'one'}
        onChange={(value) => onChange({ projectId: value === 'all' ? null : undefined })}
      >
        <Group mt={6}>
          <Radio value="all" label={commonTexts.allProjects} />
          <Radio value="one" label={texts.oneProject} disabled={projects.length === 0} />
        </Group>
      </Radio.Group>
      {projectId !== null && (
        <Select
          label={texts.project}
          placeholder={texts.chooseProject}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={projectId ?? null}
          onChange={(id) => onChange({ projectId: id ?? undefined })}
          searchable
          required
          error={errors['projectId']}
        />
      )}
      <Narrowed
        label={texts.events}
        all={EVENTS}
        chosen={draft.eventTypes}
        onChange={(eventTypes) => onChange({ eventTypes })}
      />
      <Narrowed
        label={texts.environments}
        all={ENVIRONMENTS}
        chosen={draft.environments}
        onChange={(environments) => onChange({ environments })}
      />
      <Alerts checked={draft.alerts} onChange={(alerts) => onChange({ alerts })} />
    </Stack>
  );
}

const Alerts = ({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) => (
  <Checkbox
    label={texts.alerts}
    description={texts.alertsHint}
    checked={checked}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
);

interface NarrowedProps<T extends string> {
  label: string;
  all: [T, string][];
  chosen: T[];
  onChange: (chosen: T[]) => void;
}

/** None chosen means all: said in words, for nobody would guess it. */
function Narrowed<T extends string>({ label, all, chosen, onChange }: NarrowedProps<T>) {
  return (
    <Input.Wrapper label={label} description={chosen.length === 0 ? texts.allOfThem : undefined}>
      <Chip.Group multiple value={chosen} onChange={(value) => onChange(value as T[])}>
        <Group gap="xs" mt={6}>
          {all.map(([value, text]) => (
            <Chip key={value} value={value} size="sm">
              {text}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
