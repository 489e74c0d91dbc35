import { useQuery } from '@tanstack/react-query';
import { useLostSince } from '../api/connection.js';
import { queries } from '../api/queries.js';
import type { Integration } from '../api/types.js';

interface Away {
  /** When it was missed first; undefined while it answers. */
  since: number | undefined;
  /** What is known of some destinations is not of now. */
  delayed: boolean;
}

/** Whether the delivery service answers: by the calls of this page that wait for it, and by what the list of integrations says of it. */
export function useDeliveryAway(): Away {
  const lostAt = useLostSince('delivery');
  const { data: integrations = [] } = useQuery({ ...queries.integrations(), enabled: false });
  const saidAt = unavailableSince(integrations);
  const known = [lostAt, saidAt].filter((at) => at !== undefined);
  return {
    since: known.length > 0 ? Math.min(...known) : undefined,
    delayed: integrations.some(({ statusFreshness: { state } }) => state !== 'current'),
  };
}

/** When messages began to wait because the brokers do not answer, as the delivery service says; undefined while they go out. */
export function useStalledSince(): number | undefined {
  const { data } = useQuery(queries.attention());
  return data?.stalledSince ? Date.parse(data.stalledSince) : undefined;
}

function unavailableSince(integrations: readonly Integration[]): number | undefined {
  const times = integrations.flatMap(({ statusFreshness: { unavailableSince: at } }) => (at ? [Date.parse(at)] : []));
  return times.length > 0 ? Math.min(...times) : undefined;
}
