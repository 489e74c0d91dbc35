import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../texts/common.js';
import classes from './dialog.module.css';
import { useCloseDialog } from './unsaved.js';

interface Props {
  /** What the action does, in one sentence. */
  sentence?: string;
  children: ReactNode;
}

/** The actions of a dialog, in view however far it is scrolled. */
export const DialogFooter = ({ sentence, children }: Props) => (
  <div className={classes.footer}>
    {sentence !== undefined && (
      <Text size="sm" className={classes.sentence} role="status">
        {sentence}
      </Text>
    )}
    {children}
  </div>
);

/** Closes the dialog as Escape does. */
export function CancelButton({ focused = false }: { focused?: boolean }) {
  const close = useCloseDialog();
  return (
    <Button variant="default" onClick={close} data-autofocus={focused || undefined}>
      {commonTexts.confirm.cancel}
    </Button>
  );
}
