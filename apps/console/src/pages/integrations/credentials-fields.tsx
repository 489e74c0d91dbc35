import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Integration, TileField } from '../../api/types.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { leavesOrigin, textIn, type Draft, type Edit, type FieldValue } from './draft.js';
import { FormField } from './form-field.js';
import { KeptSecret } from './kept-secret.js';

interface Props {
  /** As the provider's tile has them. */
  fields: readonly TileField[];
  draft: Draft;
  /** The one that is edited; left out for a new one. */
  integration: Integration | undefined;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

const texts = integrationDialogTexts.form;

/** Where it goes, and how. What is saved is never shown: each part of it is kept, replaced or removed. */
export function CredentialsFields({ fields, draft, integration, errors, onChange }: Props) {
  const dead = integration?.counts?.dead ?? 0;
  const set = (name: string, value: FieldValue, edit?: Edit): void =>
    onChange({
      values: { ...draft.values, [name]: value },
      ...(edit && { edits: { ...draft.edits, [name]: edit } }),
    });
  const input = (field: TileField, edit?: Edit) => (
    <FormField
      key={field.name}
      field={edit ? { ...field, required: field.required && draft.edits[field.name] === edit } : field}
      value={draft.values[field.name]}
      focused={edit !== undefined && draft.edits[field.name] === edit && !isTyped(draft, field.name)}
      error={errors[field.credential ? `credentials.${field.name}` : field.name]}
      onChange={(value) => set(field.name, value, edit)}
    />
  );
  const one = (field: TileField) => {
    if (!integration || !field.credential) return input(field);
    if (field.kept)
      return (
        <KeptSecret
          key={field.name}
          field={field}
          stored={integration.storedSecrets?.includes(field.name) ?? null}
          draft={draft}
          origin={leavesOrigin(integration.destination, draft) ? new URL(integration.destination).origin : undefined}
          onEdit={(edit) => onChange({ edits: edited(draft, field.name, edit) })}
        >
          {input(field, 'replace')}
        </KeptSecret>
      );
    if (draft.edits[field.name] === 'replace') return input(field, 'replace');
    return (
      <Saved
        key={field.name}
        label={field.label}
        destination={integration.destination}
        onReplace={() => set(field.name, '', 'replace')}
      />
    );
  };
  const changes = Object.entries(draft.edits).some(([name, edit]) => edit === 'remove' || isTyped(draft, name));
  return (
    <Stack gap="sm">
      {fields.filter((field) => !(integration && isList(field))).map(one)}
      {dead > 0 && changes && <Alert color="blue">{texts.willDrain(dead)}</Alert>}
    </Stack>
  );
}

/** What is saved of it is edited one by one, by itself. */
export const isList = ({ type }: TileField): boolean => type === 'emails';

const isTyped = ({ values }: Draft, name: string): boolean => textIn(values[name]) !== '';

interface SavedProps {
  label: string;
  destination: string;
  onReplace: () => void;
}

const Saved = ({ label, destination, onReplace }: SavedProps) => (
  <Group justify="space-between">
    <Text size="sm">{texts.saved(destination)}</Text>
    <Button variant="default" size="xs" aria-label={texts.replaceOne(label)} onClick={onReplace}>
      {texts.replace}
    </Button>
  </Group>
);

function edited({ edits }: Draft, name: string, edit: Edit | undefined): Draft['edits'] {
  const { [name]: _before, ...others } = edits;
  return edit ? { ...others, [name]: edit } : others;
}
