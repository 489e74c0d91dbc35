import type { DeliveredType, DeliveryStatus, Environment, EventType, Health } from '../api/types.js';

/** What more than one page calls by the same name. */
export const commonTexts = {
  status: {
    pending: 'Waiting',
    retrying: 'Retrying',
    delivered: 'Delivered',
    dead: 'Failed',
    held: 'Held',
    dropped: 'Discarded',
  } satisfies Record<DeliveryStatus, string>,
  statusMeaning: {
    pending: 'Not tried yet',
    retrying: 'Not delivered yet; retrying automatically',
    delivered: 'The destination accepted it',
    dead: 'All attempts failed; resend or discard it',
    held: 'The destination was disabled; deliver or discard it',
    dropped: 'Discarded; it is no longer sent',
  } satisfies Record<DeliveryStatus, string>,
  health: {
    healthy: 'Healthy',
    failing: 'Failing',
    needs_reconnect: 'Disconnected',
    unknown: 'Not tried yet',
  } satisfies Record<Health, string>,
  healthMeaning: {
    healthy: 'Deliveries arrive',
    failing: 'The latest delivery failed, and none has arrived since',
    needs_reconnect: 'Nothing is sent: the destination refuses every message, or is gone. Reconnect it, or send a test',
    unknown: 'Nothing has been sent here yet; send a test',
  } satisfies Record<Health, string>,
  healthAway: { word: 'Unknown', meaning: 'The delivery service does not answer, and nothing is known from before' },
  paused: { word: 'Paused', meaning: 'Its messages are held until it is enabled' },
  asOf: (time: string) => `as of ${time}`,
  environments: { test: 'Test', stage: 'Stage', prod: 'Production' } satisfies Record<Environment, string>,
  events: {
    'release.created': 'Created',
    'release.promoted': 'Promoted',
    'release.rollout_changed': 'Rollout changed',
  } satisfies Record<EventType, string>,
  alerts: {
    'destination.disconnected': 'Destination disconnected',
    'destination.failing': 'Destination keeps failing',
    'destination.recovered': 'Destination recovered',
  } satisfies Record<Exclude<DeliveredType, EventType>, string>,
  alert: 'Alert',
  /** Before the name of somebody to ask. */
  owner: 'Owner:',
  allProjects: 'All projects',
  allEvents: 'All events',
  allEnvironments: 'All environments',
  noProject: 'No project chosen',
  test: 'Test',
  never: 'Never',
  notKnown: 'Unknown',
  loading: 'Loading',
  showMore: (count: number) => `Show ${count} more`,
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied: select it',
  unavailable: {
    title: 'Not available right now',
    hint: 'The delivery service does not answer. This page fills itself as soon as it does.',
  },
  error: { title: 'This could not be loaded', retry: 'Try again', reference: (id: string) => `Reference ${id}` },
  confirm: {
    cancel: 'Cancel',
    typeName: (name: string) => `Type “${name}” to go on`,
  },
  unsaved: {
    title: 'Discard what you typed?',
    what: 'It is not saved.',
    keep: 'Keep editing',
    discard: 'Discard',
  },
  filter: {
    dropped: (names: string[]) => `Not a valid filter, so it was left out: ${names.join(', ')}`,
    closeNotice: 'Close this notice',
  },
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
};
