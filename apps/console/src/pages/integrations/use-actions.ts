import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, body } from '../../api/client.js';
import type { Integration } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Duplicate } from './draft.js';
import type { Opened } from './dialogs.js';
import type { RowAction } from './row-menu.js';
import { reconnectAt } from './sign-in-at.js';

/** What the menu of a destination does: most opens a dialog, some happens at once. */
export function useActions(open: (next: Opened) => void): (action: RowAction, integration: Integration) => void {
  const onError = (error: Error): void => {
    notifications.show({ color: 'red', title: integrationsTexts.failed, message: error.message });
  };
  const { mutate: reconnect } = useMutation({
    mutationFn: reconnectAt,
    onError,
  });
  const { mutate: duplicate } = useMutation({
    mutationFn: async (integration: Integration): Promise<Duplicate> => ({
      integration,
      recipients: integration.provider === 'email' ? await recipientsOf(integration.id) : [],
    }),
    onSuccess: (from) => open({ kind: 'connect', provider: from.integration.provider, from }),
    onError,
  });
  return useCallback(
    (action, integration) => {
      if (action === 'reconnect') reconnect(integration);
      else if (action === 'duplicate') duplicate(integration);
      else open({ kind: action, integration });
    },
    [duplicate, open, reconnect],
  );
}

const recipientsOf = async (id: string): Promise<string[]> => {
  const { items } = await body(api.GET('/api/v1/integrations/{id}/recipients', { params: { path: { id } } }));
  return items.map(({ address }) => address);
};
