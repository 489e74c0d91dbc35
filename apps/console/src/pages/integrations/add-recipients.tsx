import { Button, Group, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useUnsaved } from '../../components/dialog/unsaved.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { addressesIn } from './draft.js';

interface Props {
  busy: boolean;
  /** How many more there may be. */
  room: number;
  onAdd: (addresses: string[]) => Promise<unknown>;
}

const texts = integrationsTexts.recipients;

/** Adds to a list that is saved already; what is refused stays typed in. */
export function AddRecipients({ busy, room, onAdd }: Props) {
  const [typed, setTyped] = useState<string[]>([]);
  useUnsaved(typed.length > 0);
  const add = (): void => {
    void onAdd(typed).then(
      () => setTyped([]),
      () => undefined, // said by the list's own notification
    );
  };
  if (room <= 0) return null;
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TagsInput
        flex={1}
        label={texts.add}
        placeholder={typed.length === 0 ? 'ada@example.com' : undefined}
        value={typed}
        onChange={(next) => setTyped(next.flatMap(addressesIn))}
        splitChars={[',', ' ', ';']}
        maxTags={room}
        acceptValueOnBlur
      />
      <Button variant="default" loading={busy} disabled={typed.length === 0} onClick={add}>
        {texts.addNow}
      </Button>
    </Group>
  );
}
