import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { TileField } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Draft } from './draft.js';
import { FormField } from './form-field.js';

interface Props {
  /** As the provider's tile has them. */
  fields: readonly TileField[];
  draft: Draft;
  /** Of the integration that is edited; null for a new one. */
  saved: { destination: string; dead: number } | null;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

const texts = integrationsTexts.form;

/** Where it goes. What is saved is never shown: it is kept, or replaced as a whole. */
export function CredentialsFields({ fields, draft, saved, errors, onChange }: Props) {
  if (saved && !draft.fresh)
    return (
      <Group justify="space-between">
        <Text size="sm">{texts.saved(saved.destination)}</Text>
        <Button variant="default" size="xs" onClick={() => onChange({ fresh: true })}>
          {texts.replace}
        </Button>
      </Group>
    );
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={draft.values[field.name]}
          error={errors[field.credential ? `credentials.${field.name}` : field.name]}
          onChange={(value) => onChange({ values: { ...draft.values, [field.name]: value } })}
        />
      ))}
      {saved !== null && saved.dead > 0 && <Alert color="blue">{texts.willDrain(saved.dead)}</Alert>}
    </Stack>
  );
}
