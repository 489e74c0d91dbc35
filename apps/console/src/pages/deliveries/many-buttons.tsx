import { Button, Group, Text } from '@mantine/core';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { useEnabled } from '../integrations/use-enabled.js';
import { isWaiting, type Command, type Ended } from './many.js';

const texts = deliveriesTexts.many;

interface Props {
  integration: Integration;
  status: Ended;
  /** `3 held messages` */
  many: string;
  busy: boolean;
  onAct: (command: Command) => void;
}

/** What can be done about all of them; while their destination is disabled, it is enabled first. */
export function ManyButtons({ integration, status, many, busy, onAct }: Props) {
  const { enabled } = integration;
  return (
    <Group mt="md" gap="sm">
      {!enabled && <Enable integration={integration} />}
      <May do="redeliver">
        <Button
          size="xs"
          variant={enabled && isWaiting(status) ? 'filled' : 'default'}
          disabled={!enabled}
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

function Enable({ integration: { id, name } }: { integration: Integration }) {
  const change = useEnabled(id, name);
  return (
    <May do="manage-integrations">
      <Button size="xs" loading={change.isPending} onClick={() => change.mutate(true)}>
        {texts.enable(name)}
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
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onCancel} data-autofocus>
          {commonTexts.confirm.cancel}
        </Button>
        <Button color={command === 'discard' ? 'red.9' : undefined} loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </>
  );
}
