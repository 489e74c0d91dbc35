import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { commonTexts } from '../texts/common.js';
import { Dialog } from './dialog.js';

interface Props {
  onClose: () => void;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What has to be typed. */
  name: string;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
}

/** For what cannot be undone: the name is typed first. */
export function ConfirmByName({ onClose, title, children, name, action, busy, onConfirm }: Props) {
  const [typed, setTyped] = useState('');
  const close = (): void => {
    setTyped('');
    onClose();
  };
  return (
    <Dialog onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === name) onConfirm();
        }}
      >
        <Stack>
          <Text size="sm">{children}</Text>
          <TextInput
            label={commonTexts.confirm.typeName(name)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {commonTexts.confirm.cancel}
            </Button>
            <Button type="submit" color="red.9" loading={busy} disabled={typed.trim() !== name}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
