import { SignJWT, calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import type { Role } from '#libs/auth';
import type { PrivateSigningKey } from './signing-key.js';

const ALGORITHM = 'ES256';
const LIFETIME = '12h';

/** The identity provider of local mode: signs development tokens with a key of this machine and publishes its public half. */
export class LocalIdentity {
  constructor(
    private readonly key: PrivateSigningKey,
    private readonly claims: { issuer: string; audience: string },
  ) {}

  async token(organizationId: string, role: Role): Promise<string> {
    return new SignJWT({ org: organizationId, role, name: `Demo ${role}` })
      .setProtectedHeader({ alg: ALGORITHM, kid: await this.keyId() })
      .setIssuer(this.claims.issuer)
      .setAudience(this.claims.audience)
      .setSubject(`dev-${role}`)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(await importJWK(this.key, ALGORITHM));
  }

  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { kty, crv, x, y } = this.key;
    return { keys: [{ kty, crv, x, y, kid: await this.keyId(), alg: ALGORITHM, use: 'sig' }] };
  }

  private async keyId(): Promise<string> {
    return this.key.kid ?? calculateJwkThumbprint(this.key);
  }
}
