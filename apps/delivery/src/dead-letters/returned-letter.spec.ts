import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '#libs/contracts';
import { decideLetter, type LetterDecision } from './returned-letter.js';

describe('a dead letter that was put back', () => {
  it.each<[string, { status: DeliveryStatus; round: number } | undefined, LetterDecision]>([
    ['of a delivery that the ledger does not know', undefined, 'start'],
    ['of a delivery that died', { status: 'dead', round: 2 }, 'requeue'],
    ['of a delivery that was discarded since', { status: 'dropped', round: 2 }, 'requeue'],
    ['of a delivery that is held since', { status: 'held', round: 2 }, 'requeue'],
    ['of a delivery that waits for its next round', { status: 'pending', round: 3 }, 'active'],
    ['of a delivery that is being retried', { status: 'retrying', round: 3 }, 'active'],
    ['of a delivery that waits in this round', { status: 'pending', round: 2 }, 'active'],
    ['of a delivery that was delivered in a later round', { status: 'delivered', round: 3 }, 'later_round'],
    ['of a delivery that died in a later round too', { status: 'dead', round: 3 }, 'later_round'],
    ['of a ledger that was restored to before its round', { status: 'dead', round: 1 }, 'start'],
  ])('%s', (_case, seen, decision) => expect(decideLetter({ round: 2 }, seen)).toBe(decision));
});
