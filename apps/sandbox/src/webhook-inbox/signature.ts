import { Webhook } from 'standardwebhooks';

export type SignatureState = 'verified' | 'failed' | 'unchecked';

/** Checks a request as a careful receiver does, by https://www.standardwebhooks.com; unchecked without a secret. */
export function checkSignature(secret: string | null, body: Buffer, headers: Record<string, string>): SignatureState {
  if (secret === null) return 'unchecked';
  try {
    new Webhook(secret).verify(body, headers);
    return 'verified';
  } catch {
    return 'failed';
  }
}

/** Whether a text can be a signing secret at all. */
export function isSigningSecret(text: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(text);
}
