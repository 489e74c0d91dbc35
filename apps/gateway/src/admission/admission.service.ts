import type { ServerResponse } from 'node:http';
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { TokenVerifier } from '#libs/auth';
import type { ObservedRequest } from '#libs/http';
import { Problem } from '#libs/problems';
import type { GatewaySettings } from '../gateway.config.js';
import { clientOf, type Client } from './client.js';

const BURST_SECONDS = 10;
const BURST_FACTOR = 2;

interface Limit {
  name: 'organization' | 'address';
  perSecond: number;
  limiter: BurstyRateLimiter;
}

/** Who is let in: a valid token and a rate that leaves room for others. */
export class Admission {
  private readonly organizations: Limit;
  private readonly addresses: Limit;

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly settings: Pick<
      GatewaySettings,
      'rateLimitPerSecond' | 'rateLimitAnonymousPerSecond' | 'trustedProxies'
    >,
  ) {
    this.organizations = limitOf('organization', settings.rateLimitPerSecond);
    this.addresses = limitOf('address', settings.rateLimitAnonymousPerSecond);
  }

  /** @throws Problem 401 without a valid token, 429 where the organization (or the address, without a token) asks too often */
  async admitCaller(request: ObservedRequest, response: ServerResponse): Promise<void> {
    try {
      request.caller = await this.verifier.verify(request.headers.authorization);
    } catch (error) {
      await this.admitAnonymous(request, response);
      throw error;
    }
    await take(this.organizations, request.caller.organizationId, response);
  }

  /** @throws Problem 429 where the client's address asks too often */
  async admitAnonymous(request: ObservedRequest, response: ServerResponse): Promise<void> {
    await take(this.addresses, this.clientOf(request).address, response);
  }

  clientOf(request: ObservedRequest): Client {
    return clientOf(request, this.settings.trustedProxies);
  }
}

function limitOf(name: Limit['name'], perSecond: number): Limit {
  return {
    name,
    perSecond,
    limiter: new BurstyRateLimiter(
      new RateLimiterMemory({ points: perSecond, duration: 1 }),
      new RateLimiterMemory({ keyPrefix: 'burst', points: perSecond * BURST_FACTOR, duration: BURST_SECONDS }),
    ),
  };
}

/** The header fields are those of draft-ietf-httpapi-ratelimit-headers-10. */
async function take({ name, perSecond, limiter }: Limit, key: string, response: ServerResponse): Promise<void> {
  try {
    await limiter.consume(key);
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
