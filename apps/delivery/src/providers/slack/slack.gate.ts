import { AddressGate } from '../address-gate.js';
import type { RateGate } from '../provider.js';

/** What Slack takes on one webhook: one message a second, a few at once now and then. */
const INTERVAL_MS = 1_000;
const BURST = 3;
const LEAD_MS = (BURST - 1) * INTERVAL_MS;
/** Where it asks for fewer on one webhook and does not say how long. */
const UNSAID_MS = 5_000;

/** The pace of one Slack webhook: three at once after a rest, else one each second, none while Slack asks to wait. */
export class SlackGate implements RateGate {
  /** When all that has begun would have been done at one a second; a burst may run that far ahead of it. */
  private doneAt = -Infinity;

  /** @param all of everything that goes to Slack */
  constructor(private readonly all = new AddressGate()) {}

  waitMs(now: number): number {
    return Math.max(0, Math.ceil(this.doneAt - LEAD_MS - now), this.all.waitMs(now));
  }

  take(now: number): void {
    this.doneAt = Math.max(this.doneAt, now) + INTERVAL_MS;
  }

  /** Slack asked for fewer messages: none until then, and after that one at a time. */
  hold(now: number, retryAfterMs: number | null): void {
    this.doneAt = Math.max(this.doneAt, now + (retryAfterMs ?? UNSAID_MS) + LEAD_MS);
  }
}
