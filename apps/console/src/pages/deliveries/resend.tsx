import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import type { DeliveryOne } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { subjectOf } from './delivery-link.js';
import { attemptedAfter, showOutcome } from './settled.js';

const texts = deliveriesTexts.one;

/** Says what became of it. One that arrived already is sent once more only when that is confirmed. */
export function Resend({ delivery, name }: { delivery: DeliveryOne; name: string }) {
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
