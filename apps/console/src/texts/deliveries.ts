import type { DeliveryStatus } from '../api/types.js';
import { spoken } from '../pages/deliveries/steps.js';

const DISABLED = 'The destination is disabled. Enable it first: nothing is delivered there before.';

const figure = (count: number): string => count.toLocaleString('en');
const amount = (count: number, more: boolean, one: string, several: string): string =>
  `${more ? 'more than ' : ''}${figure(count)} ${count === 1 ? one : several}`;
const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const deliveriesTexts = {
  title: 'Deliveries',
  lead: 'Each message to each destination, newest first. The list is live.',
  columns: { status: 'Status', event: 'Event', destination: 'Destination', attempts: 'Attempts', time: 'Time' },
  integrationGone: 'A deleted integration',
  empty: 'Nothing was sent so far',
  emptyHint: 'Create a release, or send a test to a destination: the message shows up here at once.',
  older: 'Show older',
  open: (version: string) => `Open the delivery of ${version}`,
  filter: {
    status: 'Status',
    integration: 'Destination',
    project: 'Project',
    event: 'Event',
    span: 'Time',
    spans: { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days' },
    any: 'Any',
    clearOne: (label: string) => `Any ${label.toLowerCase()}`,
    clear: 'Clear the filter',
    none: 'Nothing matches the filter',
    noneHint: 'Choose less, or look at all deliveries.',
  },
  find: {
    label: 'Find by id (webhook-id)',
    wrong: 'An id has 36 characters, such as the webhook-id header of a delivery.',
  },
  many: {
    count: {
      dead: (count: number, more: boolean) => amount(count, more, 'dead letter', 'dead letters'),
      held: (count: number, more: boolean) => amount(count, more, 'held message', 'held messages'),
      delivered: (count: number, more: boolean) => amount(count, more, 'delivered message', 'delivered messages'),
      dropped: (count: number, more: boolean) => amount(count, more, 'discarded message', 'discarded messages'),
    },
    title: (many: string, name: string) => `${begun(many)} for ${name}`,
    hint: {
      dead: 'Every try failed. Mend the destination first; saving fresh credentials delivers all of them by itself.',
      held: 'They came while the destination was disabled.',
      delivered: 'They arrived. Whoever lost them can have them once more.',
      dropped: 'They were given up, and can still be delivered.',
    },
    disabled: DISABLED,
    reconnectFirst: {
      dead: 'Nothing is sent to this destination: it refuses every message. Connect it again: that delivers all of them automatically.',
      other: 'Nothing is sent to this destination: it refuses every message. Connect it again first.',
    },
    enable: (name: string) => `Enable ${name}`,
    again: {
      dead: (many: string) => `Deliver ${many}`,
      held: (many: string) => `Deliver ${many}`,
      delivered: (many: string) => `Deliver ${many} again`,
      dropped: (many: string) => `Deliver ${many}`,
    },
    discard: 'Discard',
    confirm: {
      discard: {
        title: (many: string) => `Discard ${many}?`,
        what: (name: string) => `They are never sent to ${name}. This cannot be undone.`,
        action: 'Discard',
      },
      redeliver: {
        title: (many: string) => `Deliver ${many} again?`,
        what: (name: string) => `${name} has them already. Each is sent there once more.`,
        action: 'Deliver again',
      },
    },
    none: 'None is left: all of them were delivered or discarded meanwhile.',
    see: 'See them one by one',
    done: {
      redeliver: (count: number) => `${figure(count)} ${count === 1 ? 'message is' : 'messages are'} on the way`,
      discard: (count: number) => `${figure(count)} ${count === 1 ? 'message is' : 'messages are'} discarded`,
    },
    failed: 'That did not work',
    tooNarrow: 'To deliver or discard all of them at once, filter by nothing but status, destination and time.',
  },
  drawer: {
    title: (name: string) => `Recent deliveries to ${name}`,
    of: (name: string) => `Recent deliveries to ${name}`,
    open: 'Recent deliveries',
    empty: 'Nothing was sent here so far.',
    all: 'See all',
  },
  one: {
    title: 'Delivery',
    back: 'All deliveries',
    attempts: 'Attempts',
    first: 'First try',
    retry: (count: number, waitedMs: number) => `Retry ${count}, after ${spoken(waitedMs)}`,
    round: (round: number) => `Round ${round}`,
    nextTry: 'Next try',
    next: 'The next try is',
    delivered: 'Delivered',
    failed: 'Failed',
    took: (ms: number) => `${ms} ms`,
    answer: 'What the destination answered',
    headers: (count: number) => (count === 1 ? '1 header of the answer' : `${count} headers of the answer`),
    headersOf: 'The headers of the answer',
    sent: 'What was sent',
    sentHint: 'The request of the last attempt, with secrets masked.',
    factsHint: 'The facts of the event; its destination was deleted.',
    mail: 'Mail to',
    release: 'See the release',
    destination: 'Deliveries to the same destination',
    enableFirst: DISABLED,
    reconnectFirst:
      'Nothing is sent to this destination: it refuses every message. Connect it again: that delivers every dead letter automatically.',
    toIntegrations: 'To the integrations',
    again: 'Deliver again',
    onTheWay: 'It is on the way again',
    notAgain: 'It was not delivered again',
    notYet: 'It was not tried so far.',
    noAttempts: {
      held: 'It was not tried: the integration was disabled.',
      dead: 'It was not tried: the destination had refused everything before.',
      dropped: 'It was not tried, and is not any more.',
    } as Partial<Record<DeliveryStatus, string>>,
    meaning: {
      pending: 'Waits for its turn. A destination may take only so many a second.',
      retrying: 'Failed so far, and is tried again by itself.',
      dead: 'Every try failed. Mend the destination, then deliver it again; fresh credentials do that for all of them.',
      held: 'The integration is disabled. Enable it, then deliver again.',
      dropped: 'Discarded: the integration was deleted, or somebody gave it up.',
    } satisfies Record<Exclude<DeliveryStatus, 'delivered'>, string>,
  },
};
