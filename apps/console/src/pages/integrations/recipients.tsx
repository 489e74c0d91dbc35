import { Alert, Button, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import type { Integration, Recipient } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { RelativeTime } from '../../components/relative-time.js';
import { ToneBadge, type Tone } from '../../components/tone-badge.js';

import { integrationsTexts } from '../../texts/integrations.js';
import { AddRecipients } from './add-recipients.js';

const texts = integrationsTexts.recipients;
const TONES: Record<Recipient['state'], Tone> = { active: 'good', unconfirmed: 'warn', unsubscribed: 'idle' };
const TALLEST = 260;

interface Props {
  integration: Integration;
  /** How many there may be. */
  most: number;
}

/** Who gets the mails of an integration, and who does not, with what can be done about that. */
export function Recipients({ integration: { id, counts }, most }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.recipients(id),
    queryFn: async ({ signal }) =>
      (await body(api.GET('/api/v1/integrations/{id}/recipients', { params: { path: { id } }, signal }))).items,
  });
  const again = useAskAgain(id);
  const save = useSaveList(id);
  if (!data) return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows />;
  const unconfirmed = data.filter(({ state }) => state === 'unconfirmed').length;
  const without = ({ address }: Recipient): string[] => data.map((one) => one.address).filter((one) => one !== address);
  return (
    <Stack gap="xs" component="section" aria-label={texts.title}>
      <Group justify="space-between">
        <Text size="sm" fw={550}>
          {texts.count(data.length)}
        </Text>
        {unconfirmed > 0 && (
          <Button variant="default" size="xs" loading={again.isPending} onClick={() => again.mutate()}>
            {texts.again}
          </Button>
        )}
      </Group>
      {unconfirmed > 0 && <Alert color="yellow">{texts.unconfirmed(unconfirmed, data.length)}</Alert>}
      <ScrollArea.Autosize mah={TALLEST} viewportProps={{ tabIndex: 0, 'aria-label': texts.title, role: 'group' }}>
        <Stack gap={4}>
          {data.map((one) => (
            <Row
              key={one.address}
              recipient={one}
              only={data.length === 1}
              busy={save.isPending}
              onRemove={() => save.mutate(without(one))}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <AddRecipients
        busy={save.isPending}
        room={most - data.length}
        onAdd={(added) => save.mutateAsync([...data.map(({ address }) => address), ...added])}
      />
      {(counts?.dead ?? 0) > 0 && (
        <Text size="xs" c="dimmed">
          {texts.changeDrains}
        </Text>
      )}
    </Stack>
  );
}

interface RowProps {
  recipient: Recipient;
  /** There is nobody else on the list. */
  only: boolean;
  busy: boolean;
  onRemove: () => void;
}

const Row = ({ recipient: { address, state, askedAt }, only, busy, onRemove }: RowProps) => (
  <Group justify="space-between" gap="xs">
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {address}
    </Text>
    <Group gap="xs">
      {state === 'unconfirmed' && askedAt !== null && (
        <Text size="xs" c="dimmed">
          {texts.asked} <RelativeTime at={askedAt} />
        </Text>
      )}
      <ToneBadge tone={TONES[state]} hint={texts.meaning[state]}>
        {texts.state[state]}
      </ToneBadge>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        disabled={only || busy}
        onClick={onRemove}
        aria-label={texts.removeOne(address)}
      >
        {texts.remove}
      </Button>
    </Group>
  </Group>
);

const onError = (error: Error): void => {
  notifications.show({ color: 'red', title: integrationsTexts.failed, message: reasonOf(error) });
};

function useAskAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST('/api/v1/integrations/{id}/recipients/ask', { params: { path: { id } } })),
    onSuccess: ({ count, tooSoon }) => {
      notifications.show({ color: count > 0 ? 'green' : 'yellow', message: texts.askedAgain(count, tooSoon) });
      void client.invalidateQueries({ queryKey: keys.recipients(id) });
    },
    onError,
  });
}

/** The list is saved as a whole. */
function useSaveList(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recipients: string[]) =>
      body(api.PATCH('/api/v1/integrations/{id}', { params: { path: { id } }, body: { credentials: { recipients } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.integrations }),
    onError,
  });
}
