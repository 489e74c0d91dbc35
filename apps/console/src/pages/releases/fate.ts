import type { Schema } from '../../api/client.js';

export type Preview = Schema<'PreviewedIntegration'>;
export type Fate = 'notified' | 'disconnected' | 'held' | 'unknown';

/** What becomes of the message of one destination. */
export function fateOf({ enabled, health }: Pick<Preview, 'enabled' | 'health'>): Fate {
  if (!enabled) return 'held';
  if (health === null) return 'unknown';
  return health === 'needs_reconnect' ? 'disconnected' : 'notified';
}

export function fatesOf(all: readonly Preview[]): Record<Fate, number> {
  const counts = { notified: 0, disconnected: 0, held: 0, unknown: 0 };
  for (const one of all) counts[fateOf(one)] += 1;
  return counts;
}
