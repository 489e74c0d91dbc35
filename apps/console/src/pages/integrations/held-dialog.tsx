import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { ConfirmMany } from '../deliveries/many-buttons.js';
import { useCommand } from '../deliveries/many.js';

const texts = deliveriesTexts.many;

interface Props {
  /** As it was enabled: it counts what was held until then. */
  integration: Integration;
  onClose: () => void;
}

/** Nothing becomes of them until somebody says so: closing it is "later". */
export function HeldDialog({ integration: { id, name, counts, health }, onClose }: Props) {
  const [discarding, setDiscarding] = useState(false);
  const command = useCommand({ integrationId: id, status: 'held' }, onClose);
  const held = counts?.held ?? 0;
  const many = texts.count.held(held, false);
  const disconnected = health === 'needs_reconnect';
  if (discarding)
    return (
      <Dialog title={texts.confirm.discard.title(many)} onClose={onClose}>
        <ConfirmMany
          command="discard"
          name={name}
          busy={command.isPending}
          onCancel={() => setDiscarding(false)}
          onConfirm={() => command.discard(many)}
        />
      </Dialog>
    );
  return (
    <Dialog title={texts.held.title(name)} onClose={onClose}>
      <Text size="sm">{texts.held.what(held)}</Text>
      {disconnected && (
        <Text size="sm" mt="xs">
          {texts.held.disconnected}
        </Text>
      )}
      <DialogFooter>
        <Button variant="default" onClick={onClose} data-autofocus>
          {texts.held.later}
        </Button>
        <May do="redeliver">
          <Button variant="default" onClick={() => setDiscarding(true)}>
            {texts.discard}
          </Button>
        </May>
        <May do="redeliver">
          <Button disabled={disconnected} loading={command.isPending} onClick={() => command.redeliver()}>
            {texts.held.deliver}
          </Button>
        </May>
      </DialogFooter>
    </Dialog>
  );
}
