import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import type { Role } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import type { GatewaySettings } from '../gateway.config.js';

type Settings = Required<Pick<GatewaySettings, 'authLocalSigningKey' | 'authIssuer' | 'authAudience'>>;

const ALGORITHM = 'ES256';
const LIFETIME = '12h';

/** The identity provider of local mode: signs development tokens with a key of this machine and publishes its public half. */
@Injectable()
export class LocalIdentity {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  async token(organizationId: string, role: Role): Promise<string> {
    const { authLocalSigningKey: key, authIssuer, authAudience } = this.settings;
    return new SignJWT({ org: organizationId, role, name: `Demo ${role}` })
      .setProtectedHeader({ alg: ALGORITHM, kid: await this.keyId() })
      .setIssuer(authIssuer)
      .setAudience(authAudience)
      .setSubject(`dev-${role}`)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(await importJWK(key, ALGORITHM));
  }

  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { kty, crv, x, y } = this.settings.authLocalSigningKey;
    return { keys: [{ kty, crv, x, y, kid: await this.keyId(), alg: ALGORITHM, use: 'sig' }] };
  }

  private async keyId(): Promise<string> {
    const { authLocalSigningKey: key } = this.settings;
    return key.kid ?? calculateJwkThumbprint(key);
  }
}
