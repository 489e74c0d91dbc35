import { Anchor, Group, Progress as Bar, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttemptsOf } from '../../api/live.js';
import { destinationTexts as texts } from '../../texts/destination.js';

/** The pump sends no word of its own for what it leaves waiting. */
const EVERY_MS = 2_000;

/** How many of the failed messages have been tried again; they wait in the ledger until it is their turn. */
export function DeliveryProgress({ integrationId, of }: { integrationId: string; of: number }) {
  const queryKey = keys.deliveries({ waitingOf: integrationId });
  useRefreshOnAttemptsOf(integrationId, queryKey);
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const query = { integrationId, status: 'pending' } as const;
      return body(api.GET('/api/v1/deliveries/count', { params: { query }, signal }));
    },
    staleTime: 0,
    refetchInterval: EVERY_MS,
  });
  const done = data === undefined ? 0 : of - Math.min(of, data.count);
  const over = done === of;
  return (
    <div role="status">
      <Bar value={(100 * done) / of} mt="md" aria-label={texts.progress.label} />
      <Group gap="sm" mt="xs">
        <Text size="sm">{over ? texts.progress.over(of) : texts.progress.done(done, of)}</Text>
        <Anchor
          component={Link}
          size="sm"
          to={`/deliveries?${over ? '' : 'status=pending&'}integrationId=${integrationId}`}
        >
          {texts.progress.see}
        </Anchor>
      </Group>
    </div>
  );
}
