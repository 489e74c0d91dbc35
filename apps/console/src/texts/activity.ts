const WAYS: Record<string, string> = {
  'project.created': 'created the project',
  'project.renamed': 'renamed the project',
  'integration.connected': 'connected',
  'integration.changed': 'changed',
  'integration.reconnected': 'reconnected',
  'integration.deleted': 'deleted',
  'integration.tested': 'sent a test to',
  'signing-secret.rotated': 'rotated the signing secret of',
  'deliveries.redelivered': 'resent messages to',
  'deliveries.discarded': 'discarded messages for',
  'release.created': 'released',
  'release.promoted': 'promoted',
  'release.rollout_changed': 'changed the rollout of',
};

const FIELDS: Record<string, string> = {
  name: 'Name',
  projectId: 'Project',
  eventTypes: 'Events',
  environments: 'Environments',
  enabled: 'Enabled',
  concurrency: 'Requests at once',
  destination: 'Destination',
  credentials: 'New credentials',
  environment: 'Environment',
  rolloutPercentage: 'Rollout',
  alerts: 'Alerts',
  messages: 'Messages',
  statuses: 'They were',
  about: 'Release',
};

export const activityTexts = {
  title: 'Activity',
  lead: 'Who changed what, newest first.',
  did: (action: string): string => WAYS[action] ?? action,
  field: (field: string): string => FIELDS[field] ?? field,
  /** Where a field has no value. */
  nothing: {
    projectId: 'all projects',
    eventTypes: 'all events',
    environments: 'all',
    concurrency: 'default',
  } as Record<string, string>,
  deletedProject: 'a project that is gone',
  yes: 'on',
  no: 'off',
  older: 'Show older activity',
  empty: 'Nothing has happened yet',
  emptyHint: 'What people do with destinations, projects and releases is listed here.',
  refused: 'Activity is for owners and admins',
  refusedHint: 'Ask one of them if you need to know who changed something.',
};
