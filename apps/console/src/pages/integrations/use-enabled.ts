import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Integration } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { askAboutHeld } from './held-question.js';

/** Changes at once on the page; back again where the API says no. @param ask what becomes of the messages that it held */
export function useEnabled(id: string, name: string, ask = true) {
  const client = useQueryClient();
  const show = (enabled: boolean): void => {
    client.setQueryData<Integration[]>(keys.integrations, (list) =>
      list?.map((integration) => (integration.id === id ? { ...integration, enabled } : integration)),
    );
    client.setQueryData<Integration>(keys.integration(id), (one) => one && { ...one, enabled });
  };
  return useMutation({
    mutationFn: (enabled: boolean) =>
      body(api.PATCH('/api/v1/integrations/{id}', { params: { path: { id } }, body: { enabled } })),
    onMutate: async (enabled) => {
      await client.cancelQueries({ queryKey: keys.integrations });
      show(enabled);
    },
    onSuccess: (integration) => {
      if (ask && integration.enabled && (integration.counts?.held ?? 0) > 0) askAboutHeld(integration);
    },
    onError: (error, enabled) => {
      show(!enabled);
      notifications.show({ color: 'red', title: integrationsTexts.toggleFailed(name), message: error.message });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.integrations }),
  });
}
