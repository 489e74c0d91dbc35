import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import type { Delivery } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { destinationTexts } from '../../texts/destination.js';
import { discardSoon } from '../deliveries/discard-soon.js';
import type { Command } from '../deliveries/many.js';

const texts = deliveriesTexts.many;

interface Picked {
  command: Command;
  deliveries: readonly Delivery[];
}

interface PickedCommand {
  isPending: boolean;
  run: (picked: Picked) => void;
}

/** Delivers or discards those that were picked. Discarding can be undone for ten seconds. */
export function usePickedCommand(integrationId: string, onDone: () => void): PickedCommand {
  const { mutate, isPending } = useRedelivery(integrationId, onDone);
  const run = ({ command, deliveries }: Picked): void => {
    if (command === 'redeliver') return mutate(deliveries);
    discardSoon(destinationTexts.picked.messages(deliveries.length), selectionOf(integrationId, deliveries));
    onDone();
  };
  return { isPending, run };
}

const selectionOf = (integrationId: string, deliveries: readonly Delivery[]) => ({
  integrationId,
  statuses: [...new Set(deliveries.map(({ status }) => status))],
  ids: deliveries.map(({ id }) => id),
});

/** Says how many those were: some may have moved on meanwhile. */
function useRedelivery(integrationId: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (deliveries: readonly Delivery[]) => {
      const selection = selectionOf(integrationId, deliveries);
      const { count } = await body(api.POST('/api/v1/deliveries/redeliver', { body: selection }));
      return { asked: deliveries.length, count };
    },
    onSuccess: ({ asked, count }) => {
      notifications.show({
        color: count === asked ? 'green' : 'yellow',
        message: count === asked ? texts.done.redeliver(count) : destinationTexts.movedOn(count, asked),
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
