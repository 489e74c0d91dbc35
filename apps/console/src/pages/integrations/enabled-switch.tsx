import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { May } from '../../auth/may.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Integration } from '../../api/types.js';

/** Changes at once on the page; back again where the API says no. */
export function EnabledSwitch({ integration: { id, name, enabled } }: { integration: Integration }) {
  const change = useEnabled(id, name);
  return (
    <May do="manage-integrations">
      <Switch
        checked={enabled}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
        aria-label={integrationsTexts.toggle(name)}
      />
    </May>
  );
}

function useEnabled(id: string, name: string) {
  const client = useQueryClient();
  const show = (enabled: boolean): void => {
    client.setQueryData<Integration[]>(keys.integrations, (list) =>
      list?.map((integration) => (integration.id === id ? { ...integration, enabled } : integration)),
    );
  };
  return useMutation({
    mutationFn: (enabled: boolean) =>
      body(api.PATCH('/api/v1/integrations/{id}', { params: { path: { id } }, body: { enabled } })),
    onMutate: async (enabled) => {
      await client.cancelQueries({ queryKey: keys.integrations });
      show(enabled);
    },
    onError: (error, enabled) => {
      show(!enabled);
      notifications.show({ color: 'red', title: integrationsTexts.toggleFailed(name), message: error.message });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.integrations }),
  });
}
