import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Integration } from '../../api/types.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { ConfirmMany, ManyButtons } from '../deliveries/many-buttons.js';
import type { Waiting } from '../deliveries/ended.js';
import { hintOf, useCommand, useCount } from '../deliveries/many.js';
import { useCurrent } from './use-current.js';

const texts = deliveriesTexts.many;

interface Props {
  integration: Integration;
  status: Waiting;
  onClose: () => void;
}

/** What waits for somebody at one destination, and what can be done about all of it. */
export function WaitingDialog({ integration: opened, status, onClose }: Props) {
  const integration = useCurrent(opened); // it may be enabled from here
  const selection = { integrationId: integration.id, status };
  const { count, more } = useCount(selection) ?? { count: integration.counts?.[status] ?? 0, more: false };
  const command = useCommand(selection, onClose);
  const [discarding, setDiscarding] = useState(false);
  const many = texts.count[status](count, more);
  const title = discarding ? texts.confirm.discard.title(many) : texts.title(many, integration.name);
  return (
    <Dialog title={title} onClose={onClose}>
      {count === 0 ? (
        <Text size="sm">{texts.none}</Text>
      ) : discarding ? (
        <ConfirmMany
          command="discard"
          name={integration.name}
          busy={command.isPending}
          onCancel={() => setDiscarding(false)}
          onConfirm={() => command.discard(many)}
        />
      ) : (
        <>
          <Text size="sm">{hintOf(status, integration)}</Text>
          <Anchor
            component={Link}
            to={`/deliveries?status=${status}&integrationId=${integration.id}`}
            size="sm"
            mt="xs"
            display="inline-block"
          >
            {texts.see}
          </Anchor>
          <ManyButtons
            integration={integration}
            status={status}
            many={many}
            busy={command.isPending}
            onAct={(next) => {
              if (next === 'discard') setDiscarding(true);
              else command.redeliver();
            }}
          />
        </>
      )}
    </Dialog>
  );
}
