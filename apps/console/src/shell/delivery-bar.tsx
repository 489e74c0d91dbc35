import { Alert } from '@mantine/core';
import { clock } from '../components/clock.js';
import { useDeliveryAway, useStalledSince } from '../components/delivery-away.js';
import { shellTexts } from '../texts/shell.js';

const texts = shellTexts.deliveryAway;

/** Says calmly that the delivery service does not answer, or that it sends nothing, since when, and what that means. */
export function DeliveryBar() {
  const { since, delayed } = useDeliveryAway();
  const stalled = useStalledSince();
  const [title, hint] = told(since, stalled, delayed);
  return (
    <div role="status">
      {title !== undefined && (
        <Alert mb="lg" color="yellow" bg="var(--np-warn-ground)" title={title}>
          {hint}
        </Alert>
      )}
    </div>
  );
}

/** What it last said of itself is old news once it does not answer. */
function told(
  since: number | undefined,
  stalled: number | undefined,
  delayed: boolean,
): [title?: string, hint?: string] {
  if (since !== undefined) return [texts.since(clock(since)), texts.hint];
  if (stalled !== undefined) return [texts.stalled(clock(stalled)), texts.stalledHint];
  return delayed ? [texts.delayed, texts.delayedHint] : [];
}
