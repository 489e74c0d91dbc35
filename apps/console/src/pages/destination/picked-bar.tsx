import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Delivery, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts } from '../../texts/destination.js';
import { ConfirmMany } from '../deliveries/many-buttons.js';
import type { Command } from '../deliveries/many.js';
import { choicesOf, someArrived, type Choices } from './selection.js';
import { usePickedCommand } from './use-picked-command.js';
import { useRetryNow } from './use-retry-now.js';

const texts = destinationTexts.picked;

interface Props {
  integration: Integration;
  picked: readonly Delivery[];
  onDone: () => void;
}

/** What can be done about the deliveries that were picked. */
export function PickedBar({ integration: { id, name, enabled, health }, picked, onDone }: Props) {
  const [asked, setAsked] = useState<Command>();
  const stop = (): void => setAsked(undefined);
  const done = (): void => {
    stop();
    onDone();
  };
  const command = usePickedCommand(id, done);
  const retry = useRetryNow(id, done);
  const choices = choicesOf(picked);
  const works = enabled && health !== 'needs_reconnect';
  const run = (next: Command): void => command.run({ command: next, deliveries: choices[next] });
  const act = (next: Command): void => (next === 'discard' || someArrived(choices[next]) ? setAsked(next) : run(next));
  return (
    <>
      <Text size="sm" role="status">
        {texts.count(picked.length)}
      </Text>
      <Buttons
        choices={choices}
        works={works}
        busy={command.isPending || retry.isPending}
        onRetry={() => retry.mutate(choices.retryNow.map((one) => one.id))}
        onAct={act}
      />
      {!works && (
        <Text size="sm" c="dimmed">
          {enabled ? texts.reconnectFirst : deliveriesTexts.many.disabled}
        </Text>
      )}
      {asked && (
        <Dialog title={deliveriesTexts.many.confirm[asked].title(texts.messages(choices[asked].length))} onClose={stop}>
          <ConfirmMany
            command={asked}
            name={name}
            busy={command.isPending}
            onCancel={stop}
            onConfirm={() => run(asked)}
          />
        </Dialog>
      )}
    </>
  );
}

interface ButtonsProps {
  choices: Choices;
  /** Anything can be sent there. */
  works: boolean;
  busy: boolean;
  onRetry: () => void;
  onAct: (command: Command) => void;
}

/** Each says how many of those that were picked it is about. */
const Buttons = ({ choices: { retryNow, redeliver, discard }, works, busy, onRetry, onAct }: ButtonsProps) => (
  <Group gap="xs">
    {retryNow.length > 0 && (
      <Choice disabled={busy || !works} onClick={onRetry}>
        {texts.retryNow(retryNow.length)}
      </Choice>
    )}
    {redeliver.length > 0 && (
      <Choice disabled={busy || !works} onClick={() => onAct('redeliver')}>
        {texts.redeliver(redeliver.length)}
      </Choice>
    )}
    {discard.length > 0 && (
      <Choice disabled={busy} onClick={() => onAct('discard')}>
        {texts.discard(discard.length)}
      </Choice>
    )}
  </Group>
);

interface ChoiceProps {
  disabled: boolean;
  onClick: () => void;
  children: string;
}

const Choice = ({ disabled, onClick, children }: ChoiceProps) => (
  <May do="redeliver">
    <Button size="xs" variant="default" disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  </May>
);
