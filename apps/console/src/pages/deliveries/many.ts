import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schema } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { reasonOf } from '../../api/problem.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { Integration } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { discardSoon } from './discard-soon.js';
import type { Ended } from './ended.js';

const texts = deliveriesTexts.many;

export type Command = 'redeliver' | 'discard';

export interface Selection {
  integrationId: string;
  status: Ended;
  since?: string;
  until?: string;
}

/** How many a command would be about; live. */
export function useCount({ integrationId, status, since, until }: Selection) {
  const queryKey = keys.deliveries({ count: integrationId, status, since, until });
  useRefreshOnAttempts(queryKey);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/deliveries/count', { params: { query: { integrationId, status, since, until } }, signal })),
  }).data;
}

interface Commands {
  isPending: boolean;
  redeliver: () => void;
  /** `many`: what they are, such as "3 held messages". It can be undone for ten seconds. */
  discard: (many: string) => void;
  run: (command: Command, many: string) => void;
}

/** Delivers or discards all of them, and says how many those were; `onDone` comes before the lists are asked again. */
export function useCommand(
  { integrationId, status, since, until }: Selection,
  onDone: (count: number) => void,
): Commands {
  const selection = { integrationId, statuses: [status], since, until };
  const { mutate, isPending } = useRedelivery(selection, onDone);
  const redeliver = (): void => mutate();
  const discard = (many: string): void => {
    discardSoon(many, { ...selection, until: earlier(until, new Date()) });
    onDone(0);
  };
  const run = (command: Command, many: string): void => (command === 'discard' ? discard(many) : redeliver());
  return { isPending, redeliver, discard, run };
}

const earlier = (until: string | undefined, now: Date): string =>
  until !== undefined && Date.parse(until) < now.getTime() ? until : now.toISOString();

function useRedelivery(selection: Schema<'DeliverySelection'>, onDone: (count: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => (await body(api.POST('/api/v1/deliveries/redeliver', { body: selection }))).count,
    onSuccess: (count) => {
      notifications.show({ color: 'green', message: texts.done.redeliver(count) });
      onDone(count);
      void client.invalidateQueries({ queryKey: keys.integrations });
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.failed, message: reasonOf(error) }),
  });
}

/** What they are, or what has to be done first. */
export function hintOf(status: Ended, { enabled, health }: Integration): string {
  if (!enabled) return texts.disabled;
  if (health === 'needs_reconnect') return texts.reconnectFirst[status === 'dead' ? 'dead' : 'other'];
  return texts.hint[status];
}
