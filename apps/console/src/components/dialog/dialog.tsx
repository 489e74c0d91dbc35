import { Button, CloseButton, Group, Modal, Title, type ModalProps } from '@mantine/core';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { commonTexts } from '../../texts/common.js';
import { useAskOnBack } from './ask-on-back.js';
import classes from './dialog.module.css';
import { useReturnFocus } from './opener.js';
import { DialogContext, useUnsavedHere } from './unsaved.js';

interface Props extends Pick<ModalProps, 'size'> {
  title: string;
  onClose: () => void;
  /** False: only what it holds closes it, for something that is shown once. */
  closable?: boolean;
  /** Other words of the question, where it is not about something typed. */
  unsaved?: typeof commonTexts.unsaved;
  children: ReactNode;
}

/**
 * A dialog with its title as a heading; Mantine's own header would be a second banner of the page. Escape, a click outside,
 * Cancel, Back and links in it never throw away what was typed: it asks first where `useUnsaved` says that there is something.
 */
export function Dialog({ title, onClose, closable = true, size, unsaved = commonTexts.unsaved, children }: Props) {
  const [leave, setLeave] = useState<{ go: () => void }>();
  const { isUnsaved, context } = useUnsavedHere(() => close());
  const navigate = useNavigate();
  useReturnFocus();
  useAskOnBack(isUnsaved, (go) => setLeave({ go: () => (onClose(), go()) }));
  const leaveBy = (go: () => void): void => (isUnsaved() ? setLeave({ go }) : go());
  const close = (): void => leaveBy(onClose);
  const asking = leave !== undefined;
  const onLink = (event: MouseEvent): void => {
    const link = linkOf(event);
    if (link === undefined || !isUnsaved()) return;
    event.preventDefault();
    event.stopPropagation();
    leaveBy(() => {
      onClose();
      void navigate(link);
    });
  };
  return (
    <>
      <Modal.Root
        opened
        onClose={close}
        size={size}
        closeOnEscape={closable && !asking}
        closeOnClickOutside={closable}
        trapFocus={!asking}
        returnFocus={false}
      >
        <Modal.Overlay />
        <Modal.Content aria-label={title} onClickCapture={onLink}>
          <Modal.Body pt="md" className={classes.body}>
            <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
              <Title order={2} size="h3" className={classes.title}>
                {title}
              </Title>
              {closable && <CloseButton onClick={close} aria-label={commonTexts.close} />}
            </Group>
            <DialogContext value={context}>{children}</DialogContext>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
      {leave && <AskToDiscard texts={unsaved} onKeep={() => setLeave(undefined)} onDiscard={leave.go} />}
    </>
  );
}

/** Within the console; what opens another tab takes nothing away. */
function linkOf({ target, metaKey, ctrlKey, shiftKey }: MouseEvent): string | undefined {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link || link.target === '_blank' || metaKey || ctrlKey || shiftKey) return undefined;
  return link.origin === window.location.origin ? link.pathname + link.search : undefined;
}

interface AskProps {
  texts: typeof commonTexts.unsaved;
  onKeep: () => void;
  onDiscard: () => void;
}

function AskToDiscard({ texts, onKeep, onDiscard }: AskProps) {
  useReturnFocus('within');
  return (
    <Modal.Root opened onClose={onKeep} size="sm" centered zIndex={300} returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={texts.title}>
        <Modal.Body pt="md">
          <Title order={2} size="h3" mb="xs">
            {texts.title}
          </Title>
          {texts.what}
          <Group mt="lg" justify="flex-end">
            <Button variant="default" onClick={onKeep} data-autofocus>
              {texts.keep}
            </Button>
            <Button color="red.9" onClick={onDiscard}>
              {texts.discard}
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
