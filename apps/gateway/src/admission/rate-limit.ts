import type { ServerResponse } from 'node:http';
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#libs/problems';

const BURST_SECONDS = 10;
const BURST_FACTOR = 2;

/** Calls a second for each key, and twice as many more as a burst within 10 s. */
export class RateLimit {
  private readonly limiter: BurstyRateLimiter;

  constructor(
    private readonly name: 'organization' | 'user' | 'address' | 'pages',
    private readonly perSecond: number,
  ) {
    this.limiter = new BurstyRateLimiter(
      new RateLimiterMemory({ points: perSecond, duration: 1 }),
      new RateLimiterMemory({ keyPrefix: 'burst', points: perSecond * BURST_FACTOR, duration: BURST_SECONDS }),
    );
  }

  /**
   * The header fields are those of draft-ietf-httpapi-ratelimit-headers-10.
   * @throws Problem 429
   */
  async take(key: string, response: ServerResponse): Promise<void> {
    const { name, perSecond } = this;
    try {
      await this.limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      response.setHeader('ratelimit-policy', `"${name}";q=${perSecond};w=1`);
      response.setHeader('ratelimit', `"${name}";r=0;t=${seconds}`);
      throw new Problem(429, 'rate-limited', 'Too many requests', {
        detail: `At most ${perSecond} calls a second are answered; wait a moment.`,
        retryAfterSeconds: seconds,
      });
    }
  }
}
