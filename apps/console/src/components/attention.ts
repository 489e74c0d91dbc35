import type { Integration } from '../api/types.js';

type Judged = Pick<Integration, 'enabled' | 'health' | 'counts' | 'recipients'>;

/** Somebody has to do something about it, or nobody knows whether somebody has to. */
export function needsAttention({ enabled, health, counts, recipients }: Judged): boolean {
  if (health === null || counts === null) return true;
  if (counts.dead + counts.held + (recipients?.unconfirmed ?? 0) > 0) return true;
  return enabled && (health === 'failing' || health === 'needs_reconnect');
}
