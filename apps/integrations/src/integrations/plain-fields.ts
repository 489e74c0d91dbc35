/** What of an integration can be changed, and is shown as it is: all but its credentials. */
export const PLAIN_FIELDS = [
  'name',
  'projectId',
  'eventTypes',
  'environments',
  'enabled',
  'alerts',
  'concurrency',
  'owner',
  'note',
] as const;
