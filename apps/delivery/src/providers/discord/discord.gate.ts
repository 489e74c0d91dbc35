import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { AddressGate } from '../address-gate.js';
import type { RateGate } from '../provider.js';

/** What Discord takes in a second from one address, whatever the webhooks. */
const GLOBAL_LIMIT = 50;
const SECOND_MS = 1_000;
/** Where it asks for fewer on one webhook and does not say how long. */
const UNSAID_MS = 5_000;
/** A window that is said to be longer is not believed. */
const LONGEST_MS = 60 * 60 * 1_000;

/** The pace of all that this process sends to Discord: 50 in any second, shut while Discord asks all of it to wait. */
export class DiscordGlobalGate implements RateGate {
  /** When the last 50 began, round and round. */
  private readonly begun: number[] = Array.from({ length: GLOBAL_LIMIT }, () => -Infinity);
  private next = 0;
  private readonly address = new AddressGate();

  waitMs(now: number): number {
    const oldest = this.begun[this.next]!;
    return Math.max(untilThen(oldest + SECOND_MS, now), this.address.waitMs(now));
  }

  take(now: number): void {
    this.begun[this.next] = now;
    this.next = (this.next + 1) % GLOBAL_LIMIT;
  }

  hold(now: number, retryAfterMs: number | null): void {
    this.address.hold(now, retryAfterMs);
  }
}

/**
 * The pace of one webhook, as the headers of its answers say. Discord's bucket (`X-RateLimit-Bucket`) is counted for
 * each webhook, and posting is the only thing done with one: so there is one bucket here, and as there is one attempt
 * at a time, its latest answer is right.
 * @see https://discord.com/developers/docs/topics/rate-limits
 */
export class DiscordGate implements RateGate {
  /** How many it takes until then; after that nothing is known until an answer tells. */
  private remaining = 0;
  private resetAt = -Infinity;
  private shutUntil = -Infinity;

  constructor(private readonly all: DiscordGlobalGate) {}

  waitMs(now: number): number {
    const own = this.remaining > 0 ? this.shutUntil : Math.max(this.shutUntil, this.resetAt);
    return Math.max(untilThen(own, now), this.all.waitMs(now));
  }

  take(now: number): void {
    this.remaining -= 1;
    this.all.take(now);
  }

  /** Takes note of the limits that an answer names. */
  learn(now: number, headers: OutboundAnswer['headers']): void {
    const remaining = numberIn(headers['x-ratelimit-remaining']);
    const resetAfter = numberIn(headers['x-ratelimit-reset-after']);
    if (remaining === null || resetAfter === null) return;
    this.remaining = remaining;
    this.resetAt = now + Math.min(resetAfter * SECOND_MS, LONGEST_MS);
  }

  /** Discord asked for fewer messages: nothing until then. */
  hold(now: number, retryAfterMs: number | null): void {
    this.shutUntil = Math.max(this.shutUntil, now + (retryAfterMs ?? UNSAID_MS));
  }
}

const untilThen = (then: number, now: number): number => Math.max(0, Math.ceil(then - now));

function numberIn(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  return text !== undefined && /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : null;
}
