import { Alert } from '@mantine/core';
import { clock } from '../components/clock.js';
import { useDeliveryAway } from '../components/delivery-away.js';
import { shellTexts } from '../texts/shell.js';

const texts = shellTexts.deliveryAway;

/** Says calmly that the delivery service does not answer, since when, and what that means for what the page shows. */
export function DeliveryBar() {
  const { since, delayed } = useDeliveryAway();
  if (since === undefined && !delayed) return <div role="status" />;
  return (
    <div role="status">
      <Alert
        mb="lg"
        color="yellow"
        bg="var(--np-warn-ground)"
        title={since === undefined ? texts.delayed : texts.since(clock(since))}
      >
        {since === undefined ? texts.delayedHint : texts.hint}
      </Alert>
    </div>
  );
}
