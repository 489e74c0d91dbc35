import { notifications } from '@mantine/notifications';
import type { Query } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import { queryClient } from '../../api/query-client.js';
import type { Integration } from '../../api/types.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { pendingChanges } from '../../undo/use-pending.js';

const texts = integrationDialogTexts.remove;

/** Deletes a destination unless that is undone first. Until then it stays as it is, and is only gone from the list. */
export function removeSoon({ id, name }: Pick<Integration, 'id' | 'name'>): void {
  pendingChanges.add({ words: texts.soon(name), hides: id, send: (leaving) => remove(id, name, leaving) });
}

async function remove(id: string, name: string, leaving: boolean): Promise<void> {
  try {
    // it is out of the list before the list is asked again, and is not asked for once more: there is nothing to be had
    const others = { queryKey: keys.integrations, predicate: ({ queryKey }: Query) => !queryKey.includes(id) };
    queryClient.setQueryData(keys.integrations, (all: Integration[] | undefined) =>
      all?.filter((one) => one.id !== id),
    );
    await body(api.DELETE('/api/v1/integrations/{id}', { params: { path: { id } }, keepalive: leaving }));
    await queryClient.invalidateQueries(others);
  } catch (error) {
    notifications.show({ color: 'red', title: texts.failed(name), message: reasonOf(error as Error) });
    await queryClient.invalidateQueries({ queryKey: keys.integrations });
  }
}
