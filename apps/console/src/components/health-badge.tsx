import type { Health } from '../api/types.js';
import { commonTexts } from '../texts/common.js';
import { ToneBadge, type Tone } from './tone-badge.js';

const TONES: Record<Health, Tone> = { healthy: 'good', failing: 'bad', needs_reconnect: 'warn', unknown: 'idle' };

/** How a destination fares; null where nobody knows at the moment. */
export function HealthBadge({ health }: { health: Health | null }) {
  if (health === null) return <ToneBadge tone="idle" hint={commonTexts.healthAway} children="–" />;
  return (
    <ToneBadge tone={TONES[health]} hint={commonTexts.healthMeaning[health]}>
      {commonTexts.health[health]}
    </ToneBadge>
  );
}
