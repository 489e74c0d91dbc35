import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLostSince } from '../api/connection.js';
import { queries } from '../api/queries.js';
import type { Integration } from '../api/types.js';
import { clock } from '../components/clock.js';
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

/** By the calls of this page that wait for it, and by what the list of integrations says of it. */
function useDeliveryAway(): { since: number | undefined; delayed: boolean } {
  const lostAt = useLostSince('delivery');
  const { data: integrations = [] } = useQuery({ ...queries.integrations(), enabled: false });
  const saidAt = unavailableSince(integrations);
  const known = [lostAt, saidAt].filter((at) => at !== undefined);
  return {
    since: known.length > 0 ? Math.min(...known) : undefined,
    delayed: integrations.some(({ statusFreshness: { state } }) => state !== 'current'),
  };
}

function unavailableSince(integrations: readonly Integration[]): number | undefined {
  const times = integrations.flatMap(({ statusFreshness: { unavailableSince: at } }) => (at ? [Date.parse(at)] : []));
  return times.length > 0 ? Math.min(...times) : undefined;
}
