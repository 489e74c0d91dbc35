import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TileField } from '../../api/types.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import type { Draft, Edit } from './draft.js';

interface Props {
  field: TileField;
  /** Whether one is saved; null: not known. */
  stored: boolean | null;
  draft: Draft;
  /** The origin that it was saved for, where the new URL leaves it: then it cannot stay. */
  origin: string | undefined;
  onEdit: (edit: Edit | undefined) => void;
  /** The input for another one. */
  children: ReactNode;
}

const texts = integrationDialogTexts.form.kept;

/** An optional secret that is saved already: it stays, is replaced, or is removed. */
export function KeptSecret({ field: { name, label }, stored, draft, origin, onEdit, children }: Props) {
  if (stored === false) return children;
  const edit = draft.edits[name];
  const words = label;
  if (edit === 'replace')
    return (
      <Stack gap={4}>
        {children}
        {origin === undefined && (
          <Button
            variant="subtle"
            size="compact-xs"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => onEdit(undefined)}
          >
            {texts.keep(words)}
          </Button>
        )}
      </Stack>
    );
  return (
    <Stack gap="xs">
      {origin !== undefined && edit === undefined && <Alert color="yellow">{texts.otherHost(words, origin)}</Alert>}
      <Group justify="space-between">
        <Text size="sm">
          {edit === 'remove' ? texts.removed(words) : stored === null ? texts.maybe(words) : texts.isSet(words)}
        </Text>
        <Group gap="xs">
          <Button variant="default" size="xs" aria-label={texts.replaceOne(words)} onClick={() => onEdit('replace')}>
            {texts.replace}
          </Button>
          {edit === 'remove' ? (
            <Button variant="default" size="xs" onClick={() => onEdit(undefined)}>
              {texts.undo}
            </Button>
          ) : (
            <Button variant="default" size="xs" aria-label={texts.removeOne(words)} onClick={() => onEdit('remove')}>
              {texts.remove}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
