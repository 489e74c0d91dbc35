import { LRUCache } from 'lru-cache';
import type { Holds } from '../provider.js';
import { readWebhookCredentials, type WebhookCredentials } from './webhook.credentials.js';

const MOST = 10_000;

/**
 * Receivers that asked to wait (429 with `Retry-After`), by what they are called with: several integrations may share
 * one. Another path, or another account at the same address, is another receiver.
 */
export class WebhookHolds implements Holds {
  private readonly until = new LRUCache<string, number>({ max: MOST });
  /** When the last of them is over: the one thing that is looked at while nobody asks to wait. */
  private overAt = -Infinity;

  /** @param longestMs a wait that is longer ends then: the retries of the ladder go on as ever */
  constructor(private readonly longestMs: number) {}

  any(now: number): boolean {
    return now < this.overAt;
  }

  waitMs(credentials: unknown, now: number): number {
    const read = readWebhookCredentials(credentials);
    const until = read && this.until.get(keyOf(read));
    return until ? Math.max(0, Math.ceil(until - now)) : 0;
  }

  hold(credentials: WebhookCredentials, now: number, ms: number): void {
    const until = now + Math.min(ms, this.longestMs);
    this.until.set(keyOf(credentials), until);
    this.overAt = Math.max(this.overAt, until);
  }
}

const keyOf = ({ url, authorization }: WebhookCredentials): string => `${url}\n${authorization ?? ''}`;
