import { Inject, Injectable, Optional } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { SETTINGS, type ServiceSettings } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import { Problem, unavailable } from '#libs/problems';
import { ROLES, type Caller, type Role } from './caller.js';
import { IssuerKeys } from './issuer-keys.js';

type TokenSettings = Pick<ServiceSettings, 'authIssuer' | 'authAudience' | 'authJwksUrl'>;

/** A verified token is trusted for so long without another look at its signature; never past its own expiry. */
const REMEMBER_MS = 30_000;
const REMEMBERED = 5_000;
/** How far the identity provider's clock may be from ours, either way, in seconds. */
const LEEWAY_S = 30;
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const ORGANIZATION = /^[A-Za-z0-9_-]{1,64}$/;

/** Checks bearer tokens against the identity provider's published keys. */
@Injectable()
export class TokenVerifier {
  private readonly keys: IssuerKeys;
  private readonly remembered = new LRUCache<string, Caller>({ max: REMEMBERED });

  /** `now` in ms, from a clock that does not jump. */
  constructor(
    @Inject(SETTINGS) private readonly settings: TokenSettings,
    @Inject(LOGGER) logger: Pick<Logger, 'warn' | 'info'>,
    @Optional() now?: () => number,
  ) {
    this.keys = new IssuerKeys(settings.authJwksUrl, logger, now);
  }

  /** Whether there are keys to check tokens with; asks the identity provider where they are old. */
  ready(): Promise<boolean> {
    return this.keys.ready();
  }

  /** @throws Problem 401 where the token is missing, expired or not ours; 503 where no key that is known can decide */
  async verify(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated('Send a bearer token in the Authorization header.');
    const known = this.remembered.get(token);
    if (known) return known;
    const payload = await this.check(token);
    const caller = callerOf(payload);
    const ttl = Math.min(REMEMBER_MS, caller.expiresAt * 1000 - Date.now());
    if (ttl > 0) this.remembered.set(token, caller, { ttl });
    return caller;
  }

  private async check(token: string): Promise<JWTPayload> {
    const { authIssuer: issuer, authAudience: audience } = this.settings;
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: LEEWAY_S,
        requiredClaims: ['exp', 'sub', 'org', 'role'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired; sign in again.');
      if (error instanceof errors.JOSEError) throw unauthenticated('The token is not valid here.');
      throw unavailable('The identity provider');
    }
  }
}

function callerOf({ sub, org, role, name, exp = 0 }: JWTPayload): Caller {
  if (!ROLES.includes(role as Role) || typeof org !== 'string' || !ORGANIZATION.test(org) || !sub) {
    throw unauthenticated('The token does not say which organization and role you have.');
  }
  return {
    organizationId: org,
    userId: sub.slice(0, 200),
    name: (typeof name === 'string' && name !== '' ? name : sub).slice(0, 200),
    role: role as Role,
    expiresAt: exp + LEEWAY_S,
  };
}

function unauthenticated(detail: string): Problem {
  return new Problem(401, 'unauthenticated', 'Sign in to do this', { detail });
}
