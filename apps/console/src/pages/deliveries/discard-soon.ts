import { notifications } from '@mantine/notifications';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import { queryClient } from '../../api/query-client.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { pendingChanges } from '../../undo/use-pending.js';

const texts = deliveriesTexts.many;

type Selection = Schema<'DeliverySelection'>;

/** Discards messages unless that is undone first. `many`: what they are, such as "3 failed messages"; `hides`: the one it is. */
export function discardSoon(many: string, selection: Selection, hides?: string): void {
  pendingChanges.add({ words: texts.soon(many), hides, send: (leaving) => discard(selection, leaving) });
}

async function discard(selection: Selection, leaving: boolean): Promise<void> {
  try {
    const { count } = await body(api.POST('/api/v1/deliveries/discard', { body: selection, keepalive: leaving }));
    notifications.show({ color: 'green', message: texts.done.discard(count) });
  } catch (error) {
    notifications.show({ color: 'red', title: texts.failed, message: reasonOf(error as Error) });
  }
  void queryClient.invalidateQueries({ queryKey: keys.integrations });
  await queryClient.invalidateQueries({ queryKey: ['deliveries'] });
}
