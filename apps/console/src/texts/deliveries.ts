import type { DeliveryStatus } from '../api/types.js';
import { spoken } from '../pages/deliveries/steps.js';

const DISABLED = 'The destination is disabled. Enable it first.';
const DISCONNECTED = 'The destination is disconnected: it refuses every message.';

const figure = (count: number): string => count.toLocaleString('en');
const amount = (count: number, more: boolean, one: string, several: string): string =>
  `${more ? 'more than ' : ''}${figure(count)} ${count === 1 ? one : several}`;
const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const deliveriesTexts = {
  title: 'Deliveries',
  lead: 'Each message to each destination, newest first. The list is live.',
  columns: { status: 'Status', event: 'Event', destination: 'Destination', attempts: 'Attempts', time: 'Time' },
  integrationGone: 'A deleted destination',
  /** How a resent message ended. */
  outcome: (name: string, status: DeliveryStatus, error: string | null) => {
    const why = error ?? undefined;
    switch (status) {
      case 'delivered':
        return { title: `Delivered to ${name}`, message: undefined };
      case 'retrying':
        return { title: `${name} did not accept it. Retrying automatically`, message: why };
      case 'dead':
        return { title: `Not delivered to ${name}`, message: why };
      case 'held':
        return { title: `Held: ${name} is disabled`, message: undefined };
      case 'dropped':
        return { title: 'It was discarded', message: undefined };
      case 'pending':
        return { title: `Waiting for its turn at ${name}`, message: 'This page shows how it ends.' };
    }
  },
  empty: 'Nothing was sent so far',
  emptyHint: 'Create a release, or send a test to a destination: the message shows up here at once.',
  older: 'Older',
  newest: 'Newest',
  further: 'Search further back',
  showTests: 'Show tests',
  open: (version: string) => `Open the delivery of ${version}`,
  filter: {
    status: 'Status',
    integration: 'Destination',
    project: 'Project',
    event: 'Event',
    environment: 'Environment',
    span: 'Time',
    spans: { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' },
    own: 'Custom',
    range: 'Time range',
    from: 'From',
    to: 'Until',
    backwards: 'It ends before it begins.',
    tests: 'Show tests',
    version: (begin: string) => `Version ${begin}…`,
    noVersion: (begin: string) => `Any version, not only ${begin}…`,
    any: 'Any',
    clearOne: (label: string) => `Any ${label.toLowerCase()}`,
    clear: 'Clear the filter',
    /** On a phone, where the choices are folded. */
    fold: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`),
    none: 'Nothing matches the filter',
    noneHint: 'Remove a filter to see more.',
    noneButTests: 'Tests are hidden. Show them, or remove a filter to see more.',
    noneSoFar: 'Nothing found so far',
    noneSoFarHint: 'The newest deliveries were searched. A shorter time, a version or a destination finds faster.',
  },
  search: {
    label: 'Search by version, project, destination or id',
    placeholder: 'Version, project, destination or webhook-id',
    kinds: { version: 'Version', projectId: 'Project', integrationId: 'Destination', delivery: 'Delivery' },
    begins: (version: string) => `${version}…`,
  },
  export: {
    button: 'Export CSV',
    failed: 'Nothing was exported',
  },
  many: {
    count: {
      dead: (count: number, more: boolean) => amount(count, more, 'failed message', 'failed messages'),
      held: (count: number, more: boolean) => amount(count, more, 'held message', 'held messages'),
      delivered: (count: number, more: boolean) => amount(count, more, 'delivered message', 'delivered messages'),
      dropped: (count: number, more: boolean) => amount(count, more, 'discarded message', 'discarded messages'),
    },
    title: (many: string, name: string) => `${begun(many)} for ${name}`,
    hint: {
      dead: 'All attempts failed. Fix the destination, then resend. Reconnecting resends every failed message.',
      held: 'They came while the destination was disabled.',
      delivered: 'They were delivered, and can be sent once more.',
      dropped: 'They were discarded, and can still be delivered.',
    },
    disabled: DISABLED,
    reconnectFirst: {
      dead: `${DISCONNECTED} Reconnecting delivers every failed message.`,
      other: `${DISCONNECTED} Reconnect it first.`,
    },
    enable: (name: string) => `Enable ${name}`,
    enableHere: 'Enable',
    held: {
      title: (name: string) => `${name} is enabled`,
      what: (count: number) =>
        `${figure(count)} ${count === 1 ? 'message was' : 'messages were'} held while it was disabled. They stay held until you deliver or discard them.`,
      disconnected: 'The destination is disconnected: reconnect it before they can be delivered.',
      deliver: 'Deliver',
      later: 'Later',
    },
    again: {
      dead: (many: string) => `Deliver ${many}`,
      held: (many: string) => `Deliver ${many}`,
      delivered: (many: string) => `Resend ${many}`,
      dropped: (many: string) => `Deliver ${many}`,
    },
    discard: 'Discard',
    confirm: {
      discard: {
        title: (many: string) => `Discard ${many}?`,
        what: (name: string) =>
          `They are not sent to ${name}. You can undo this for 10 seconds. They stay on the list of deliveries, from where they can still be delivered.`,
        action: 'Discard',
      },
      redeliver: {
        title: (many: string) => `Resend ${many}?`,
        what: (name: string) => `${name} already has them. Each is sent there once more.`,
        action: 'Resend',
      },
    },
    soon: (many: string) => `${begun(many)} will be discarded`,
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
    empty: 'Nothing was sent here so far.',
    all: 'See all',
  },
  one: {
    title: 'Delivery',
    titleOf: (subject: string, destination: string) => `${subject} to ${destination}`,
    goneDestination: 'a deleted destination',
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
    reconnectFirst: `${DISCONNECTED} Reconnecting delivers every failed message.`,
    goneHint: 'Its destination was deleted, so it cannot be sent again.',
    again: 'Resend',
    notAgain: 'Nothing was sent',
    confirm: {
      title: (subject: string, name: string) => `Resend ${subject} to ${name}?`,
      what: (name: string) => `${name} already has this message. It is sent there once more.`,
    },
    notYet: 'Not tried yet.',
    noAttempts: {
      held: 'Not tried: the destination was disabled.',
      dead: 'Not tried: the destination was disconnected.',
      dropped: 'Not tried, and discarded.',
    } as Partial<Record<DeliveryStatus, string>>,
    meaning: {
      pending: 'Waiting for its turn. Some destinations accept only a few messages a second.',
      retrying: 'Not delivered yet. Retrying automatically.',
      dead: 'All attempts failed. Fix the destination, then resend. Reconnecting resends every failed message.',
      held: 'The destination was disabled when this message came. Enable it, then resend.',
      dropped: 'Discarded by a person, or because its destination was deleted.',
    } satisfies Record<Exclude<DeliveryStatus, 'delivered'>, string>,
  },
};
