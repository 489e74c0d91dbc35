import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askUntil } from '../../api/ask-until.js';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Integration } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';

type Delivery = Schema<'DeliveryOne'>;
/** What a test is about; left out: what the route of the destination lets through. */
export type Sample = Schema<'SampleChoice'>;

const ASK_EVERY_MS = 100;
/** The test is among the newest of its destination. */
const LATEST = 10;

/** Sends a sample, and says within a second how it went. */
export function useTest({ id, name }: Pick<Integration, 'id' | 'name'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (sample: Sample) => {
      const call = api.POST('/api/v1/integrations/{id}/test', { params: { path: { id } }, body: sample });
      return settled(id, (await body(call)).deliveryId);
    },
    onSuccess: (delivery) => tell(name, delivery),
    onError: (error) =>
      notifications.show({ color: 'red', title: integrationsTexts.test.notSent(name), message: error.message }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['deliveries'] });
      return client.invalidateQueries({ queryKey: keys.integrations });
    },
  });
}

function tell(name: string, delivery: Delivery | undefined): void {
  const texts = integrationsTexts.test;
  if (delivery?.status === 'delivered') {
    const took = delivery.attempts.at(-1)?.durationMs ?? 0;
    notifications.show({ color: 'green', title: texts.delivered(name), message: texts.took(took) });
  } else
    notifications.show({
      color: 'red',
      title: texts.failed(name),
      message: delivery?.lastError ?? texts.noAnswer,
      autoClose: false,
    });
}

/** The delivery once it is over; undefined where that takes too long. Before its first attempt it is not on record. */
async function settled(integrationId: string, id: string): Promise<Delivery | undefined> {
  const query = { integrationId, limit: LATEST };
  const isOver = async (): Promise<boolean> => {
    const { items } = await body(api.GET('/api/v1/deliveries', { params: { query } }));
    const delivery = items.find((one) => one.id === id);
    return delivery !== undefined && delivery.status !== 'pending' && delivery.status !== 'retrying';
  };
  if (!(await askUntil(isOver, (over) => over, ASK_EVERY_MS))) return undefined;
  return body(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } }));
}
