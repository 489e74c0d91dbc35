import type { DeliveryRequested } from '#libs/contracts';
import type { Seen } from '../ledger/ledger-entry.js';

/**
 * What to do with a request, given what the ledger says:
 * `attempt` it; it was `made` already, so only its next step is sent again, in case the process died in between;
 * or it is `over`: a later attempt, a later round or the pump has the delivery.
 */
export type Decision = 'attempt' | 'made' | 'over';

export function decide(request: Pick<DeliveryRequested, 'round' | 'attempt'>, seen: Seen | undefined): Decision {
  if (seen === undefined || seen.round < request.round) return 'attempt';
  if (seen.round > request.round || seen.queue !== null) return 'over';
  if (seen.attempt) return seen.roundAttempts > request.attempt ? 'over' : 'made';
  switch (seen.status) {
    case 'pending':
    case 'retrying':
      return 'attempt';
    case 'dead': // dead-lettered without a call: its letter may not have been sent
      return 'made';
    case 'held':
    case 'delivered':
    case 'dropped':
      return 'over';
  }
}
