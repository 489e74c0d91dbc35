import { Button, Group } from '@mantine/core';
import type { DeliveryOne, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts } from '../../texts/destination.js';
import { usePending } from '../../undo/use-pending.js';
import { useRetryNow } from '../destination/use-retry-now.js';
import { ReconnectButton } from '../integrations/reconnect-button.js';
import { isRefused } from '../integrations/refused.js';
import { subjectOf } from './delivery-link.js';
import { discardSoon } from './discard-soon.js';
import { isEnded, isWaiting } from './ended.js';
import { Enable } from './many-buttons.js';
import { Resend } from './resend.js';

interface Props {
  delivery: DeliveryOne;
  /** Undefined where it was deleted: nothing can be sent there. */
  integration: Integration | undefined;
}

/** What can be done about a delivery: nothing while it is about to be discarded, and neither of these with a test. */
export function NextActions({ delivery, integration }: Props) {
  const leaving = usePending().some(({ hides }) => hides === delivery.id);
  if (!integration || leaving) return null;
  return (
    <Group gap="xs">
      {isWaiting(delivery.status) && !delivery.test && <Discard delivery={delivery} />}
      <Next delivery={delivery} integration={integration} />
    </Group>
  );
}

/** First its destination has to work, then the message can be sent. */
function Next({ delivery, integration }: { delivery: DeliveryOne; integration: Integration }) {
  const retrying = delivery.status === 'retrying' && !delivery.test;
  if (!retrying && !isEnded(delivery.status)) return null;
  if (!integration.enabled) return <Enable integration={integration} size="sm" />;
  if (integration.health === 'needs_reconnect') return <ReconnectButton integration={integration} />;
  if (!retrying) return <Resend delivery={delivery} name={integration.name} />;
  const refused = isRefused(delivery);
  return (
    <>
      <RetryNow delivery={delivery} first={!refused} />
      {refused && <ReconnectButton integration={integration} />}
    </>
  );
}

function RetryNow({ delivery: { id, integrationId }, first }: { delivery: DeliveryOne; first: boolean }) {
  const retry = useRetryNow(integrationId);
  return (
    <May do="redeliver">
      <Button variant={first ? 'filled' : 'default'} loading={retry.isPending} onClick={() => retry.mutate([id])}>
        {destinationTexts.retryNow}
      </Button>
    </May>
  );
}

/** Without a question: it can be undone for ten seconds. */
function Discard({ delivery }: { delivery: DeliveryOne }) {
  const { id, integrationId, status } = delivery;
  return (
    <May do="redeliver">
      <Button
        variant="default"
        onClick={() => discardSoon(subjectOf(delivery), { integrationId, statuses: [status], ids: [id] }, id)}
      >
        {deliveriesTexts.many.discard}
      </Button>
    </May>
  );
}
