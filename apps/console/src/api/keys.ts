/**
 * Query keys: the list's name, then what narrows it. What changes an integration invalidates `keys.integrations`, and
 * with it everything that begins so.
 */
export const keys = {
  providers: ['providers'] as const,
  integrations: ['integrations'] as const,
  attention: ['integrations', 'attention'] as const,
  integration: (id: string) => ['integrations', id] as const,
  recipients: (id: string) => ['integrations', id, 'recipients'] as const,
  projects: ['projects'] as const,
  project: (id: string) => ['projects', id] as const,
  currentReleases: ['projects', 'current'] as const,
  releases: (projectId: string) => ['projects', projectId, 'releases'] as const,
  release: (id: string) => ['releases', id] as const,
  preview: (route: Record<string, string | undefined>) => ['integrations', 'preview', route] as const,
  deliveries: (filter: Record<string, unknown> = {}) => ['deliveries', filter] as const,
  delivery: (id: string) => ['deliveries', 'one', id] as const,
  activity: (of?: string | object) => ['activity', of] as const,
  summary: (since: string) => ['summary', since] as const,
  destinationSummary: (id: string, since: string) => ['summary', since, id] as const,
};
