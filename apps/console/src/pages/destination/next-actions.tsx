import { Button, Group } from '@mantine/core';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { Enable } from '../deliveries/many-buttons.js';
import { useCommand } from '../deliveries/many.js';
import { ReconnectButton } from '../integrations/reconnect-button.js';
import { useRetryNow } from './use-retry-now.js';

interface Props {
  integration: Integration;
  /** The newest message was refused in a way that only new credentials help against. */
  refused: boolean;
  /** So many failed messages are delivered from now on. */
  onDelivering: (count: number) => void;
}

/** What to do next. What has to be done first comes alone: nothing is delivered before the destination works. */
export function NextActions({ integration, refused, onDelivering }: Props) {
  const { id, enabled, health, counts } = integration;
  if (!enabled) return <Enable integration={integration} size="sm" here />;
  if (health === 'needs_reconnect') return <ReconnectButton integration={integration} here />;
  const { dead = 0, retrying = 0 } = counts ?? {};
  return (
    <Group gap="xs">
      {refused && <ReconnectButton integration={integration} here />}
      {retrying > 0 && <RetryNow integrationId={id} first={dead === 0 && !refused} />}
      {dead > 0 && <DeliverFailed integrationId={id} count={dead} first={!refused} onDelivering={onDelivering} />}
    </Group>
  );
}

function RetryNow({ integrationId, first }: { integrationId: string; first: boolean }) {
  const retry = useRetryNow(integrationId);
  return (
    <May do="redeliver">
      <Button variant={first ? 'filled' : 'default'} loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
        {texts.retryNow}
      </Button>
    </May>
  );
}

interface DeliverProps extends Pick<Props, 'onDelivering'> {
  integrationId: string;
  count: number;
  first: boolean;
}

function DeliverFailed({ integrationId, count, first, onDelivering }: DeliverProps) {
  const command = useCommand({ integrationId, status: 'dead' }, onDelivering);
  return (
    <May do="redeliver">
      <Button variant={first ? 'filled' : 'default'} loading={command.isPending} onClick={() => command.redeliver()}>
        {texts.deliverFailed(count)}
      </Button>
    </May>
  );
}
