import { base64url, decodeProtectedHeader, flattenedDecrypt, importJWK, type CryptoKey, type JWK } from 'jose';
import type { SealedValue } from '#libs/contracts';
import { authenticatedData, type SealContext } from './context.js';

const ALLOWED = { keyManagementAlgorithms: ['ECDH-ES+A256KW'], contentEncryptionAlgorithms: ['A256GCM'] };

/** A sealed value did not open. It says why in a word, and nothing of the value. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
  constructor(readonly code: 'unknown-key' | 'not-authentic') {
    super(
      code === 'unknown-key' ? 'sealed under a key that is not here' : 'not sealed for this integration, or altered',
    );
  }
}

/** Opens what was sealed under any of its keys; several are live while keys are being rotated. */
export class Opener {
  private constructor(private readonly keys: ReadonlyMap<string, CryptoKey>) {}

  static async fromJwks({ keys }: { keys: JWK[] }): Promise<Opener> {
    const imported = keys.map(async (jwk): Promise<[string, CryptoKey]> => [
      jwk.kid!,
      (await importJWK(jwk, 'ECDH-ES+A256KW')) as CryptoKey,
    ]);
    return new Opener(new Map(await Promise.all(imported)));
  }

  get kids(): string[] {
    return [...this.keys.keys()];
  }

  /** @throws CannotOpen */
  async open<T>(context: SealContext, sealed: SealedValue): Promise<T> {
    const { protected: header, encrypted_key, iv, ciphertext, tag } = sealed; // and nothing else that may lie beside
    const aad = base64url.encode(authenticatedData(context));
    const jwe = { protected: header, encrypted_key, iv, ciphertext, tag, aad };
    const findKey = ({ kid }: { kid?: string }): CryptoKey => {
      const key = this.keys.get(kid ?? '');
      if (!key) throw new CannotOpen('unknown-key');
      return key;
    };
    try {
      const { plaintext } = await flattenedDecrypt(jwe, (read?: { kid?: string }) => findKey(read ?? {}), ALLOWED);
      return JSON.parse(new TextDecoder().decode(plaintext)) as T;
    } catch (error) {
      throw error instanceof CannotOpen ? error : new CannotOpen('not-authentic');
    }
  }
}

/** The key that a value is sealed under, by its own word; nothing is opened. */
export const kidOf = ({ protected: header }: SealedValue): string | undefined =>
  decodeProtectedHeader({ protected: header }).kid;
