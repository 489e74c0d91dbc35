import type { DeliveryStatus, Environment, EventType, Health } from '../api/types.js';

/** What more than one page calls by the same name. */
export const commonTexts = {
  status: {
    pending: 'Waiting',
    retrying: 'Retrying',
    delivered: 'Delivered',
    dead: 'Dead letter',
    held: 'Held',
    dropped: 'Discarded',
  } satisfies Record<DeliveryStatus, string>,
  statusMeaning: {
    pending: 'Not tried yet',
    retrying: 'Tried without success; it is tried again by itself',
    delivered: 'The destination took it',
    dead: 'Every try failed; it waits for you to redeliver or discard it',
    held: 'The integration was disabled; it waits for you to deliver or discard it',
    dropped: 'Discarded; it is not sent any more',
  } satisfies Record<DeliveryStatus, string>,
  health: {
    healthy: 'Healthy',
    failing: 'Failing',
    needs_reconnect: 'Reconnect',
    unknown: 'Not tried yet',
  } satisfies Record<Health, string>,
  healthMeaning: {
    healthy: 'Deliveries arrive',
    failing: 'The latest delivery failed, and none has arrived since',
    needs_reconnect:
      'Nothing is sent: the destination refused several messages, or says that it is gone. Connect it again, or send a test',
    unknown: 'Nothing was delivered here so far; send a test',
  } satisfies Record<Health, string>,
  healthAway: 'Health is not known at the moment: the delivery service does not answer',
  environments: { test: 'Test', stage: 'Stage', prod: 'Production' } satisfies Record<Environment, string>,
  events: {
    'release.created': 'Created',
    'release.promoted': 'Promoted',
    'release.rollout_changed': 'Rollout changed',
  } satisfies Record<EventType, string>,
  allProjects: 'All projects',
  test: 'Test',
  never: 'Never',
  loading: 'Loading',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  error: { title: 'This could not be loaded', retry: 'Try again', reference: (id: string) => `Reference ${id}` },
  confirm: {
    cancel: 'Cancel',
    typeName: (name: string) => `Type “${name}” to go on`,
  },
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
};
