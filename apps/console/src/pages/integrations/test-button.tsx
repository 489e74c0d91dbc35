import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';

type Delivery = Schema<'DeliveryOne'>;

const ASK_EVERY_MS = 100;
const GIVE_UP_AFTER_MS = 15_000;
/** The test is among the newest of its destination. */
const LATEST = 10;

/** Sends a sample, and says within a second how it went. */
export function TestButton({ integration: { id, name }, here = false }: { integration: Integration; here?: boolean }) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: async () => {
      const path = { id };
      const { deliveryId } = await body(api.POST('/api/v1/integrations/{id}/test', { params: { path } }));
      return settled(id, deliveryId);
    },
    onSuccess: (delivery) => tell(name, delivery),
    onError: (error) =>
      notifications.show({ color: 'red', title: integrationsTexts.test.notSent(name), message: error.message }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['deliveries'] });
      return client.invalidateQueries({ queryKey: keys.integrations });
    },
  });
  return (
    <May do="test">
      <Button
        variant="default"
        size={here ? 'sm' : 'xs'}
        loading={test.isPending}
        onClick={() => test.mutate()}
        aria-label={here ? undefined : integrationsTexts.test.label(name)}
      >
        {here ? integrationsTexts.test.send : commonTexts.test}
      </Button>
    </May>
  );
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
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < deadline) {
    const query = { integrationId, limit: LATEST };
    const { items } = await body(api.GET('/api/v1/deliveries', { params: { query } }));
    const delivery = items.find((one) => one.id === id);
    if (delivery && delivery.status !== 'pending' && delivery.status !== 'retrying')
      return body(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } }));
    await new Promise((resolve) => window.setTimeout(resolve, ASK_EVERY_MS));
  }
  return undefined;
}
