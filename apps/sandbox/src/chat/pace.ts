import { LRUCache } from 'lru-cache';

export interface PaceRule {
  /** So many at once. */
  burst: number;
  perSecond: number;
}

export interface Paced {
  /** How long the one who was turned away should wait, in ms; 0: it was let in. */
  waitMs: number;
  /** How many more would be let in now. */
  remaining: number;
  /** Until all of them would be, in ms. */
  fullInMs: number;
}

/** A bucket a webhook: it holds the burst, and fills again at an even pace. */
export class Pace {
  private readonly buckets = new LRUCache<string, { tokens: number; at: number }>({ max: 1_000 });

  constructor(
    private readonly rule: PaceRule,
    private readonly now: () => number = () => performance.now(),
  ) {}

  admit(key: string): Paced {
    const { burst, perSecond } = this.rule;
    const now = this.now();
    const before = this.buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + ((now - before.at) * perSecond) / 1_000);
    const left = tokens >= 1 ? tokens - 1 : tokens;
    this.buckets.set(key, { tokens: left, at: now });
    return {
      waitMs: tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1_000) / perSecond),
      remaining: Math.floor(left),
      fullInMs: Math.ceil(((burst - left) * 1_000) / perSecond),
    };
  }
}
