import { calculateJwkThumbprint, exportJWK, generateKeyPair as generate, type JWK } from 'jose';
import { jsonOrFile } from '#libs/config';

/** A new key pair for sealing: P-256, named by its thumbprint. */
export async function generateKeyPair(): Promise<{ publicJwk: JWK; privateJwks: { keys: JWK[] } }> {
  const { publicKey, privateKey } = await generate('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  const common = { kid, use: 'enc', alg: 'ECDH-ES+A256KW' };
  return {
    publicJwk: { ...(await exportJWK(publicKey)), ...common },
    privateJwks: { keys: [{ ...(await exportJWK(privateKey)), ...common }] },
  };
}

const isEcKey = (jwk: unknown): jwk is JWK => {
  const { kty, crv, x, y, kid } = (jwk ?? {}) as JWK;
  return kty === 'EC' && crv === 'P-256' && [x, y, kid].every((part) => typeof part === 'string' && part !== '');
};

/** Setting parser: a public JWK, inline or a file. A private key here would defeat the purpose and is refused. */
export function publicKeySetting(value: string): JWK {
  const jwk = jsonOrFile(value);
  if (!isEcKey(jwk)) throw new Error('must be a public EC P-256 key as a JWK with a kid');
  if (jwk.d !== undefined) throw new Error('must be the public key alone; this one is private');
  return jwk;
}

/** Setting parser: private keys as a JWKS, inline or a file. */
export function privateKeysSetting(value: string): { keys: JWK[] } {
  const { keys } = (jsonOrFile(value) ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((jwk) => isEcKey(jwk) && jwk.d !== undefined)) {
    throw new Error('must be a JWKS of private EC P-256 keys, each with a kid');
  }
  return { keys: keys as JWK[] };
}

/** A member of keys that a program made by itself on one machine, beside its data: nobody took care of them. */
const MADE_FOR = 'np_made_for';
const ONE_MACHINE = 'one machine';

/** The same key, marked so that production refuses it. */
export const markedForOneMachine = <Key extends JWK>(key: Key): Key => ({ ...key, [MADE_FOR]: ONE_MACHINE });

/** Rule for `Setting.unsafe`: what a key must be in production, or nothing where it is that. */
export const madeForOneMachine = (key: JWK): string | undefined =>
  (key as Record<string, unknown>)[MADE_FOR] === ONE_MACHINE
    ? 'must be made by `npm run credentials:key`; this key was made by `npm start` for one machine, and is refused'
    : undefined;
