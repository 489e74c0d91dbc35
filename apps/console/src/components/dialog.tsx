import { CloseButton, Group, Modal, Title, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../texts/common.js';

interface Props extends Pick<ModalProps, 'size' | 'closeOnClickOutside'> {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with its title as a heading; Mantine's own header would be a second banner of the page. */
export function Dialog({ title, onClose, children, ...more }: Props) {
  return (
    <Modal.Root opened onClose={onClose} {...more}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body pt="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
            <Title order={2} size="h3">
              {title}
            </Title>
            <CloseButton onClick={onClose} aria-label={commonTexts.close} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
