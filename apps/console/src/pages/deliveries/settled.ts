import { notifications } from '@mantine/notifications';
import { askUntil } from '../../api/ask-until.js';
import { api, body } from '../../api/client.js';
import type { DeliveryOne } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

const ASK_EVERY_MS = 250;

/** The delivery once an attempt of a round after this one has ended; as it is where that takes too long. */
export const attemptedAfter = (round: number, id: string): Promise<DeliveryOne> =>
  askUntil(
    () => body(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } })),
    (delivery) => delivery.round > round && delivery.status !== 'pending',
    ASK_EVERY_MS,
  );

const COLORS: Partial<Record<DeliveryOne['status'], string>> = { delivered: 'green', dead: 'red', retrying: 'yellow' };

/** What became of a message that was sent again, in a toast. */
export function showOutcome(name: string, { status, lastError }: DeliveryOne): void {
  const { title, message } = deliveriesTexts.outcome(name, status, lastError);
  notifications.show({ color: COLORS[status] ?? 'blue', title, message, autoClose: status === 'delivered' && 4_000 });
}
