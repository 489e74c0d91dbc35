import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const LIVES_MS = 10 * 60 * 1000;

/** What somebody allowed, until it is fetched with the code. */
export interface Grant {
  channelId: string;
  redirectUri: string;
  /** RFC 7636, where one was given. */
  codeChallenge: string | null;
}

export type Redeemed = { kind: 'granted'; grant: Grant } | { kind: 'unknown' } | { kind: 'used' };

/** One-time codes, each good for ten minutes. */
export class Codes {
  private readonly grants = new LRUCache<string, Grant>({ max: 1_000, ttl: LIVES_MS });
  private readonly used = new LRUCache<string, true>({ max: 1_000, ttl: LIVES_MS });

  give(grant: Grant): string {
    const code = randomBytes(24).toString('base64url');
    this.grants.set(code, grant);
    return code;
  }

  /** Whoever brings it: a code is good once. */
  redeem(code: string): Redeemed {
    if (this.used.has(code)) return { kind: 'used' };
    const grant = this.grants.get(code);
    if (!grant) return { kind: 'unknown' };
    this.grants.delete(code);
    this.used.set(code, true);
    return { kind: 'granted', grant };
  }
}
