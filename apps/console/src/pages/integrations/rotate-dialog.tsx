import { Button, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { reasonOf } from '../../api/problem.js';
import type { Integration } from '../../api/types.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { integrationsTexts } from '../../texts/integrations.js';

interface Props {
  integration: Integration;
  onClose: () => void;
  onRotated: (secret: string) => void;
}

const texts = integrationDialogTexts.rotate;

/** Says what a new secret breaks, and when, before there is one. */
export function RotateDialog({ integration: { id, name }, onClose, onRotated }: Props) {
  const rotate = useMutation({
    mutationFn: () => body(api.POST('/api/v1/integrations/{id}/signing-secret/rotate', { params: { path: { id } } })),
    onSuccess: ({ signingSecret }) => onRotated(signingSecret),
    onError: (error) => notifications.show({ color: 'red', title: integrationsTexts.failed, message: reasonOf(error) }),
  });
  return (
    <Dialog title={texts.title(name)} onClose={onClose}>
      <Text size="sm">{texts.what}</Text>
      <List size="sm" mt="xs" spacing={4}>
        {texts.consequences.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      <DialogFooter>
        <CancelButton focused />
        <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {texts.action}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
