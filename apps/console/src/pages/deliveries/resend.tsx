import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import type { DeliveryOne, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { ReconnectButton } from '../integrations/reconnect-button.js';
import { subjectOf } from './delivery-link.js';
import { Enable } from './many-buttons.js';
import { isEnded } from './ended.js';
import { attemptedAfter, showOutcome } from './settled.js';

const texts = deliveriesTexts.one;

interface Props {
  delivery: DeliveryOne;
  /** Undefined where it was deleted: nothing can be sent there. */
  integration: Integration | undefined;
}

/** The one thing to do next about a delivery: first its destination has to work, then the message can be sent again. */
export function NextAction({ delivery, integration }: Props) {
  if (!integration || !isEnded(delivery.status)) return null;
  if (!integration.enabled) return <Enable integration={integration} size="sm" />;
  if (integration.health === 'needs_reconnect') return <ReconnectButton integration={integration} />;
  return <Resend delivery={delivery} name={integration.name} />;
}

/** Says what became of it. One that arrived already is sent once more only when that is confirmed. */
function Resend({ delivery, name }: { delivery: DeliveryOne; name: string }) {
  const [asking, setAsking] = useState(false);
  const resend = useResend(delivery, name);
  const confirmed = (): void => {
    setAsking(false);
    resend.mutate();
  };
  const subject = subjectOf(delivery);
  return (
    <>
      <May do="redeliver">
        <Button
          loading={resend.isPending}
          onClick={() => (delivery.status === 'delivered' ? setAsking(true) : resend.mutate())}
        >
          {texts.again}
        </Button>
      </May>
      {asking && (
        <Dialog title={texts.confirm.title(subject, name)} onClose={() => setAsking(false)}>
          <Text size="sm">{texts.confirm.what(name)}</Text>
          <DialogFooter>
            <CancelButton focused />
            <Button onClick={confirmed}>{texts.again}</Button>
          </DialogFooter>
        </Dialog>
      )}
    </>
  );
}

function useResend({ id, round }: DeliveryOne, name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await body(api.POST('/api/v1/deliveries/{id}/redeliver', { params: { path: { id } } }));
      void client.invalidateQueries({ queryKey: keys.delivery(id) });
      return attemptedAfter(round, id);
    },
    onSuccess: (delivery) => {
      client.setQueryData(keys.delivery(id), delivery);
      showOutcome(name, delivery);
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: texts.notAgain, message: reasonOf(error), autoClose: false }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: keys.delivery(id) });
    },
  });
}
