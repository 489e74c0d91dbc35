import { Stack, TextInput, Textarea } from '@mantine/core';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import type { Draft } from './draft.js';

interface Props {
  draft: Draft;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

const texts = integrationDialogTexts.form;

/** Whom to ask when this destination fails, and what to know about it. */
export const AboutFields = ({ draft, errors, onChange }: Props) => (
  <Stack gap="sm">
    <TextInput
      label={texts.owner}
      description={texts.ownerHint}
      value={draft.owner}
      onChange={(event) => onChange({ owner: event.currentTarget.value })}
      maxLength={200}
      error={errors['owner']}
    />
    <Textarea
      label={texts.note}
      description={texts.noteHint}
      value={draft.note}
      onChange={(event) => onChange({ note: event.currentTarget.value })}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={1_000}
      error={errors['note']}
    />
  </Stack>
);
