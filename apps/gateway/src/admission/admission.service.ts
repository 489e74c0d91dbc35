import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { TokenVerifier, type Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import { AtOnce, type MostAtOnce, type ObservedRequest } from '#libs/http';
import { Problem } from '#libs/problems';
import type { GatewaySettings } from '../gateway.config.js';
import { addressKey, clientOf, type Client } from './client.js';
import { RateLimit } from './rate-limit.js';

export type AdmissionSettings = Pick<
  GatewaySettings,
  | 'rateLimitPerSecond'
  | 'rateLimitPerUserPerSecond'
  | 'rateLimitAnonymousPerSecond'
  | 'rateLimitPagesPerSecond'
  | 'callsAtOncePerOrganization'
  | 'callsAtOncePerUser'
  | 'trustedProxies'
>;

/** Who is let in: a valid token, and a rate and a number of calls that leave room for others. */
@Injectable()
export class Admission {
  private readonly rates: Record<'organization' | 'user' | 'address' | 'pages', RateLimit>;
  private readonly calls: AtOnce;

  constructor(
    private readonly verifier: TokenVerifier,
    @Inject(SETTINGS) private readonly settings: AdmissionSettings,
  ) {
    this.rates = {
      organization: new RateLimit('organization', settings.rateLimitPerSecond),
      user: new RateLimit('user', settings.rateLimitPerUserPerSecond),
      address: new RateLimit('address', settings.rateLimitAnonymousPerSecond),
      pages: new RateLimit('pages', settings.rateLimitPagesPerSecond),
    };
    this.calls = new AtOnce(
      { user: settings.callsAtOncePerUser, organization: settings.callsAtOncePerOrganization },
      tooManyAtOnce,
    );
  }

  /**
   * With `endless` the call is an event stream, which has limits of its own in the service.
   * @throws Problem 401 without a valid token, 429 where the user or the organization (or the address, without a token)
   * asks too often or for too much at once
   */
  async admitCaller(request: ObservedRequest, response: ServerResponse, endless: boolean): Promise<void> {
    try {
      request.caller = await this.verifier.verify(request.headers.authorization);
    } catch (error) {
      await this.admitAnonymous(request, response);
      throw error;
    }
    const { organizationId, userId } = request.caller;
    await this.rates.user.take(`${organizationId} ${userId}`, response);
    await this.rates.organization.take(organizationId, response);
    if (!endless) this.enter(request.caller, response);
  }

  /** @throws Problem 429 where the client's address asks too often */
  async admitAnonymous(request: ObservedRequest, response: ServerResponse): Promise<void> {
    await this.rates.address.take(addressKey(this.clientOf(request).address), response);
  }

  /** For files, pages and whatever else is not the services'. @throws Problem 429 where the client's address asks too often */
  async admitReader(request: ObservedRequest, response: ServerResponse): Promise<void> {
    await this.rates.pages.take(addressKey(this.clientOf(request).address), response);
  }

  clientOf(request: ObservedRequest): Client {
    return clientOf(request, this.settings.trustedProxies);
  }

  /** The call counts until it is answered, or its client leaves. */
  private enter(caller: Pick<Caller, 'organizationId' | 'userId'>, response: ServerResponse): void {
    if (response.destroyed) return; // its client left while it was admitted: there will be no `close`
    response.once('close', this.calls.enter(caller));
  }
}

const WHOSE: Record<keyof MostAtOnce, string> = { user: 'you', organization: 'your organization' };

const tooManyAtOnce = (whose: keyof MostAtOnce, most: number): Problem =>
  new Problem(429, 'too-many-at-once', 'Too many requests at once', {
    detail: `At most ${most} calls of ${WHOSE[whose]} are answered at the same time; wait for an answer first.`,
    retryAfterSeconds: 1,
  });
