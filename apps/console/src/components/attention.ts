import type { Health, Integration } from '../api/types.js';

/** The worst first. */
export const HEALTH_ORDER: Record<Health, number> = { needs_reconnect: 0, failing: 1, unknown: 2, healthy: 3 };

type Judged = Pick<Integration, 'enabled' | 'health' | 'counts' | 'recipients'>;

/** Somebody has to do something about it, or nobody knows whether somebody has to. */
export function needsAttention({ enabled, health, counts, recipients }: Judged): boolean {
  if (health === null || counts === null) return true;
  if (counts.dead + counts.held + (recipients?.unconfirmed ?? 0) > 0) return true;
  return enabled && (health === 'failing' || health === 'needs_reconnect');
}
