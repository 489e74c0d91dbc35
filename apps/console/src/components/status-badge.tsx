import type { DeliveryStatus } from '../api/types.js';
import { commonTexts } from '../texts/common.js';
import { ToneBadge, type Tone } from './tone-badge.js';

const TONES: Record<DeliveryStatus, Tone> = {
  pending: 'info',
  retrying: 'warn',
  delivered: 'good',
  dead: 'bad',
  held: 'idle',
  dropped: 'idle',
};

/** The state of a delivery. */
export function StatusBadge({ status }: { status: DeliveryStatus }) {
  return (
    <ToneBadge tone={TONES[status]} hint={commonTexts.statusMeaning[status]}>
      {commonTexts.status[status]}
    </ToneBadge>
  );
}
