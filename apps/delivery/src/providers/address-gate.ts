/** Where a limit of the address does not say how long it lasts. */
const UNSAID_MS = 5 * 60_000;

/** Shut while a service asks everything that this server sends to it to wait, whatever the webhook. */
export class AddressGate {
  private shutUntil = -Infinity;

  /** Until it opens, in ms; 0: it is open. */
  waitMs(now: number): number {
    return Math.max(0, Math.ceil(this.shutUntil - now));
  }

  /** @param retryAfterMs as the service says; null where it does not */
  hold(now: number, retryAfterMs: number | null): void {
    this.shutUntil = Math.max(this.shutUntil, now + (retryAfterMs ?? UNSAID_MS));
  }
}
