import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import type { Delivery } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts } from '../../texts/destination.js';
import type { Command } from '../deliveries/many.js';

const texts = deliveriesTexts.many;

interface Picked {
  command: Command;
  deliveries: readonly Delivery[];
}

/** Delivers or discards those that were picked, and says how many those were: some may have moved on meanwhile. */
export function usePickedCommand(integrationId: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ command, deliveries }: Picked) => {
      const statuses = [...new Set(deliveries.map(({ status }) => status))];
      const selection = { integrationId, statuses, ids: deliveries.map(({ id }) => id) };
      const call =
        command === 'redeliver'
          ? api.POST('/api/v1/deliveries/redeliver', { body: selection })
          : api.POST('/api/v1/deliveries/discard', { body: selection });
      return { command, asked: deliveries.length, count: (await body(call)).count };
    },
    onSuccess: ({ command, asked, count }) => {
      notifications.show({
        color: count === asked ? 'green' : 'yellow',
        message: count === asked ? texts.done[command](count) : destinationTexts.movedOn(count, asked),
      });
      onDone();
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.failed, message: reasonOf(error) }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
}
