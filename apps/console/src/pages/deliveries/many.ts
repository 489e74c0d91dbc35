import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { Integration } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import type { Ended } from './ended.js';

const texts = deliveriesTexts.many;

export type Command = 'redeliver' | 'discard';

export interface Selection {
  integrationId: string;
  status: Ended;
  since?: string;
}

/** How many a command would be about; live. */
export function useCount({ integrationId, status, since }: Selection) {
  const queryKey = keys.deliveries({ count: integrationId, status, since });
  useRefreshOnAttempts(queryKey);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/deliveries/count', { params: { query: { integrationId, status, since } }, signal })),
  }).data;
}

/** Delivers or discards all of them, and says how many those were; `onDone` comes before the lists are asked again. */
export function useCommand({ integrationId, status, since }: Selection, onDone: (count: number) => void) {
  const client = useQueryClient();
  const selection = { integrationId, statuses: [status], since };
  return useMutation({
    mutationFn: async (command: Command) => {
      const { count } = await body(
        command === 'redeliver'
          ? api.POST('/api/v1/deliveries/redeliver', { body: selection })
          : api.POST('/api/v1/deliveries/discard', { body: selection }),
      );
      return { command, count };
    },
    onSuccess: ({ command, count }) => {
      notifications.show({ color: 'green', message: texts.done[command](count) });
      onDone(count);
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.failed, message: reasonOf(error) }),
  });
}

/** What they are, or what has to be done first. */
export function hintOf(status: Ended, { enabled, health }: Integration): string {
  if (!enabled) return texts.disabled;
  if (health === 'needs_reconnect') return texts.reconnectFirst[status === 'dead' ? 'dead' : 'other'];
  return texts.hint[status];
}
