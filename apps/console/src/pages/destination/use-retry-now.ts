import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import { destinationTexts as texts } from '../../texts/destination.js';

/** Makes the next try of what is retrying at once: of all, or of those named. */
export function useRetryNow(integrationId: string, onDone: () => void = () => undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids?: string[]) => body(api.POST('/api/v1/deliveries/retry-now', { body: { integrationId, ids } })),
    onSuccess: ({ count }) => {
      notifications.show({ color: 'blue', message: texts.retried(count) });
      onDone();
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.notRetried, message: reasonOf(error) }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
}
