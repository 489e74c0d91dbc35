import type { Health } from '../api/types.js';
import { commonTexts } from '../texts/common.js';
import { ToneBadge, type Tone } from './tone-badge.js';

const TONES: Record<Health, Tone> = { healthy: 'good', failing: 'warn', needs_reconnect: 'bad', unknown: 'idle' };

interface Props {
  /** null where nobody knows at the moment. */
  health: Health | null;
  enabled?: boolean;
}

/** How a destination is doing. */
export function HealthBadge({ health, enabled = true }: Props) {
  const { paused, healthAway } = commonTexts;
  if (!enabled) return <ToneBadge tone="idle" hint={paused.meaning} children={paused.word} />;
  if (health === null) return <ToneBadge tone="warn" hint={healthAway.meaning} children={healthAway.word} />;
  return (
    <ToneBadge tone={TONES[health]} hint={commonTexts.healthMeaning[health]}>
      {commonTexts.health[health]}
    </ToneBadge>
  );
}
