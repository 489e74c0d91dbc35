import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { commonTexts } from '../texts/common.js';
import { CancelButton, DialogFooter } from './dialog/dialog-footer.js';
import { Dialog } from './dialog/dialog.js';

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
  return (
    <Dialog onClose={onClose} title={title}>
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
        </Stack>
        <DialogFooter>
          <CancelButton />
          <Button type="submit" color="red.9" loading={busy} disabled={typed.trim() !== name}>
            {action}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
