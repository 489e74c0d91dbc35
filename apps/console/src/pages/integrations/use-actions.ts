import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Integration } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Opened } from './dialogs.js';
import type { RowAction } from './row-menu.js';
import { signInAt } from './sign-in-at.js';

/** What the menu of a destination does: most opens a dialog, some happens at once. */
export function useActions(open: (next: Opened) => void): (action: RowAction, integration: Integration) => void {
  const onError = (error: Error): void => {
    notifications.show({ color: 'red', title: integrationsTexts.failed, message: error.message });
  };
  const { mutate: reconnect } = useMutation({
    mutationFn: ({ id, provider, projectId }: Integration) => signInAt(provider, { projectId, integrationId: id }),
    onError,
  });
  return useCallback(
    (action, integration) => {
      if (action === 'reconnect') reconnect(integration);
      else open({ kind: action, integration });
    },
    [open, reconnect],
  );
}
