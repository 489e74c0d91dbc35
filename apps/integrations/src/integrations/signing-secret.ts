import { randomBytes } from 'node:crypto';
import type { SealedSigningSecret } from '#libs/contracts';

const SECRET_BYTES = 32;
/** How long the secret before the current one signs along. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

/** A new secret in the form of Standard Webhooks. @see https://www.standardwebhooks.com */
export const newSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** The secrets after a rotation: the new one first, the one before it for 24 hours more, older ones as long as they had left. */
export function rotated(
  secrets: readonly SealedSigningSecret[],
  next: Pick<SealedSigningSecret, 'sealed' | 'version'>,
  now: Date,
): SealedSigningSecret[] {
  const overlapUntil = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const kept = secrets.map((secret) => ({ ...secret, validUntil: secret.validUntil ?? overlapUntil }));
  return [{ ...next, validUntil: null }, ...stillValid(kept, now)];
}

export function stillValid(secrets: readonly SealedSigningSecret[], now: Date): SealedSigningSecret[] {
  return secrets.filter(({ validUntil }) => validUntil === null || Date.parse(validUntil) > now.getTime());
}
