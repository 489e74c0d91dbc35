import { Button, Group, Text, type MantineSize } from '@mantine/core';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { DialogFooter } from '../../components/dialog/dialog-footer.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { useEnabled } from '../integrations/use-enabled.js';
import { ReconnectButton } from '../integrations/reconnect-button.js';
import { isWaiting, type Ended } from './ended.js';
import type { Command } from './many.js';

const texts = deliveriesTexts.many;

interface Props {
  integration: Integration;
  status: Ended;
  /** `3 held messages` */
  many: string;
  busy: boolean;
  onAct: (command: Command) => void;
}

/** What can be done about all of them; a destination that is disabled or disconnected has to work first. */
export function ManyButtons({ integration, status, many, busy, onAct }: Props) {
  const { enabled } = integration;
  const disconnected = integration.health === 'needs_reconnect';
  const works = enabled && !disconnected;
  return (
    <Group mt="md" gap="sm">
      {!enabled && <Enable integration={integration} ask={status !== 'held'} />}
      {enabled && disconnected && <ReconnectButton integration={integration} size="xs" />}
      <May do="redeliver">
        <Button
          size="xs"
          variant={works && isWaiting(status) ? 'filled' : 'default'}
          disabled={!works}
          loading={busy}
          onClick={() => onAct('redeliver')}
        >
          {texts.again[status](many)}
        </Button>
      </May>
      {isWaiting(status) && (
        <May do="redeliver">
          <Button size="xs" variant="default" disabled={busy} onClick={() => onAct('discard')}>
            {texts.discard}
          </Button>
        </May>
      )}
    </Group>
  );
}

interface EnableProps {
  integration: Integration;
  size?: MantineSize;
  /** Asks what becomes of what was held; not where that is on the page already. */
  ask?: boolean;
  /** Without its name, on its own page. */
  here?: boolean;
}

export function Enable({ integration: { id, name }, size = 'xs', ask = true, here = false }: EnableProps) {
  const change = useEnabled(id, name, ask);
  return (
    <May do="manage-integrations">
      <Button size={size} loading={change.isPending} onClick={() => change.mutate(true)}>
        {here ? texts.enableHere : texts.enable(name)}
      </Button>
    </May>
  );
}

interface ConfirmProps {
  command: Command;
  name: string;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

/** What will happen, and the last chance to let it be. */
export function ConfirmMany({ command, name, busy, onCancel, onConfirm }: ConfirmProps) {
  const { what, action } = texts.confirm[command];
  return (
    <>
      <Text size="sm">{what(name)}</Text>
      <DialogFooter>
        <Button variant="default" onClick={onCancel} data-autofocus>
          {commonTexts.confirm.cancel}
        </Button>
        <Button color={command === 'discard' ? 'red.9' : undefined} loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogFooter>
    </>
  );
}
