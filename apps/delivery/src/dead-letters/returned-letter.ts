import type { DeliveryRequested } from '#libs/contracts';
import type { Seen } from '../ledger/ledger-entry.js';

/**
 * What becomes of a dead letter that somebody put back on `delivery.requested`: the ledger `requeue`s the delivery for its
 * next round; or knows nothing of it any more, and the next round is `start`ed by a record; or it is refused, because its
 * tries are not over (`active`) or a later round than the letter's was begun (`later_round`).
 */
export type LetterDecision = 'requeue' | 'start' | 'active' | 'later_round';

export function decideLetter(
  { round }: Pick<DeliveryRequested, 'round'>,
  seen: Pick<Seen, 'status' | 'round'> | undefined,
): LetterDecision {
  if (seen === undefined) return 'start';
  if (seen.status === 'pending' || seen.status === 'retrying') return 'active';
  if (seen.round > round) return 'later_round';
  return seen.round === round ? 'requeue' : 'start';
}
