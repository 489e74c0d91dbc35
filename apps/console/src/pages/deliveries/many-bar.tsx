import { Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { DeliveryStatus, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { Dialog } from '../../components/dialog.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { sinceOf, type Filter } from './filter.js';

const texts = deliveriesTexts.many;

/** What waits for somebody to decide. */
type Waiting = Extract<DeliveryStatus, 'dead' | 'held'>;
const isWaiting = (status: DeliveryStatus | undefined): status is Waiting => status === 'dead' || status === 'held';

interface Props {
  filter: Filter;
  integrations: Integration[];
}

/** For the dead letters, or what is held, of one destination: how many there are, and what to do about all of them. */
export function ManyBar({ filter, integrations }: Props) {
  const { status, integrationId, projectId, eventType, span } = filter;
  const integration = integrations.find(({ id }) => id === integrationId);
  if (!integration || !isWaiting(status)) return null;
  if (projectId !== undefined || eventType !== undefined)
    return (
      <Text size="sm" c="dimmed" mb="md">
        {texts.tooNarrow}
      </Text>
    );
  return (
    <WaitingBar key={`${integrationId} ${status} ${span}`} integration={integration} status={status} filter={filter} />
  );
}

function WaitingBar({ integration, status, filter }: { integration: Integration; status: Waiting; filter: Filter }) {
  const [since] = useState(() => sinceOf(filter.span, Date.now()));
  const { id: integrationId, name, enabled, health } = integration;
  const queryKey = keys.deliveries({ count: integrationId, status, since });
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/deliveries/count', { params: { query: { integrationId, status, since } }, signal })),
  });
  useRefreshOnAttempts(queryKey);
  const [discarding, setDiscarding] = useState(false);
  const change = useChange({ integrationId, statuses: [status], since });
  if (data === undefined || data.count === 0) return null;
  const many = texts.count[status](data.count, data.more);
  return (
    <Alert mb="md" bg={`var(--np-${status === 'dead' ? 'bad' : 'idle'}-ground)`} title={texts.title(many, name)}>
      <Text size="sm">{hintOf(status, enabled, health)}</Text>
      <Group mt="sm" gap="sm">
        <May do="redeliver">
          <Button size="xs" loading={change.isPending} onClick={() => change.mutate('redeliver')}>
            {texts.again(many)}
          </Button>
        </May>
        <May do="redeliver">
          <Button size="xs" variant="default" onClick={() => setDiscarding(true)}>
            {texts.discard}
          </Button>
        </May>
      </Group>
      {discarding && (
        <Dialog title={texts.discardTitle(many)} onClose={() => setDiscarding(false)}>
          <Text size="sm">{texts.discardWhat(name)}</Text>
          <Group mt="lg" justify="flex-end">
            <Button variant="default" onClick={() => setDiscarding(false)} data-autofocus>
              {commonTexts.confirm.cancel}
            </Button>
            <Button color="red.9" loading={change.isPending} onClick={() => change.mutate('discard')}>
              {texts.discard}
            </Button>
          </Group>
        </Dialog>
      )}
    </Alert>
  );
}

function hintOf(status: Waiting, enabled: boolean, health: Integration['health']): string {
  if (!enabled) return texts.disabled;
  if (health === 'needs_reconnect') return texts.reconnectFirst;
  return texts.hint[status];
}

interface Selection {
  integrationId: string;
  statuses: Waiting[];
  since?: string;
}

function useChange(selection: Selection) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (what: 'redeliver' | 'discard') => {
      const { count } = await body(
        what === 'redeliver'
          ? api.POST('/api/v1/deliveries/redeliver', { body: selection })
          : api.POST('/api/v1/deliveries/discard', { body: selection }),
      );
      return texts.done[what](count);
    },
    onSuccess: (message) => {
      notifications.show({ color: 'green', message });
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.failed, message: error.message }),
  });
}
