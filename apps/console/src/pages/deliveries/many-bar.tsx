import { Alert, Text } from '@mantine/core';
import { useState } from 'react';
import type { Integration } from '../../api/types.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { timesOf, type Filter } from './filter.js';
import { ConfirmMany, ManyButtons } from './many-buttons.js';
import { isEnded, type Ended } from './ended.js';
import { hintOf, useCommand, useCount, type Command } from './many.js';

const texts = deliveriesTexts.many;

interface Props {
  filter: Filter;
  integrations: Integration[];
}

/** A command knows nothing of these. */
const OTHERS = ['projectId', 'eventType', 'environment', 'version'] as const;

/** For all of one destination whose tries ended alike: how many there are, and what to do about them. */
export function ManyBar({ filter, integrations }: Props) {
  const { status, integrationId, span, from, to } = filter;
  const integration = integrations.find(({ id }) => id === integrationId);
  if (!integration || !isEnded(status)) return null;
  if (OTHERS.some((name) => filter[name] !== undefined))
    return (
      <Text size="sm" c="dimmed" mb="md">
        {texts.tooNarrow}
      </Text>
    );
  return (
    <EndedBar
      key={`${integrationId} ${status} ${span} ${from} ${to}`}
      integration={integration}
      status={status}
      filter={filter}
    />
  );
}

function EndedBar({ integration, status, filter }: { integration: Integration; status: Ended; filter: Filter }) {
  const [times] = useState(() => timesOf(filter, Date.now()));
  const selection = { integrationId: integration.id, status, ...times };
  const counted = useCount(selection);
  const [asked, setAsked] = useState<Command>();
  const stop = (): void => setAsked(undefined);
  const command = useCommand(selection, stop);
  if (counted === undefined || counted.count === 0) return null;
  const many = texts.count[status](counted.count, counted.more);
  const act = (next: Command): void => {
    if (next === 'discard' || status === 'delivered') setAsked(next);
    else command.run(next, many);
  };
  return (
    <Alert
      mb="md"
      color={status === 'dead' ? 'red' : 'gray'}
      bg={status === 'dead' ? 'var(--np-bad-ground)' : 'var(--np-idle-ground)'}
      title={texts.title(many, integration.name)}
      aria-label={texts.title(many, integration.name)}
    >
      <Text size="sm">{hintOf(status, integration)}</Text>
      <ManyButtons integration={integration} status={status} many={many} busy={command.isPending} onAct={act} />
      {asked && (
        <Dialog title={texts.confirm[asked].title(many)} onClose={stop}>
          <ConfirmMany
            command={asked}
            name={integration.name}
            busy={command.isPending}
            onCancel={stop}
            onConfirm={() => command.run(asked, many)}
          />
        </Dialog>
      )}
    </Alert>
  );
}
