import { FlattenedEncrypt, importJWK, type CryptoKey, type JWK } from 'jose';
import type { SealedValue } from '#libs/contracts';
import { authenticatedData, type SealContext } from './context.js';

const HEADER = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const;

/** Seals values that only the holder of the private key can open. It cannot open them itself. */
export class Sealer {
  private constructor(
    private readonly key: CryptoKey,
    readonly kid: string,
  ) {}

  /** @throws where it is not a public key made by `generateKeyPair` or alike */
  static async fromJwk(jwk: JWK): Promise<Sealer> {
    return new Sealer((await importJWK(jwk, HEADER.alg)) as CryptoKey, jwk.kid!);
  }

  async seal(context: SealContext, plaintext: unknown): Promise<SealedValue> {
    const bytes = new TextEncoder().encode(JSON.stringify(plaintext));
    const sealed = await new FlattenedEncrypt(bytes)
      .setProtectedHeader({ ...HEADER, kid: this.kid })
      .setAdditionalAuthenticatedData(authenticatedData(context))
      .encrypt(this.key);
    const { protected: header, encrypted_key, iv, ciphertext, tag } = sealed;
    return { protected: header!, encrypted_key: encrypted_key!, iv: iv!, ciphertext, tag: tag! };
  }
}
