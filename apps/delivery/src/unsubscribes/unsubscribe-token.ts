import { createHmac, timingSafeEqual } from 'node:crypto';

/** A recipient of an integration. */
export interface Subscription {
  integrationId: string;
  /** Tells recipients of the integration apart, and says nobody's address. */
  recipient: Buffer;
}

const PART = 16;
const TOKEN = /^[\w-]{64}$/;

/** Upper and lower case count as the same: people write their address in both. */
export function subscriptionOf(key: Buffer, integrationId: string, address: string): Subscription {
  const recipient = mac(key, 'recipient', `${integrationId}\0${address.toLowerCase()}`);
  return { integrationId, recipient };
}

/** The token of an unsubscribe link. It lets its bearer unsubscribe this one recipient; a token for another recipient cannot be forged. */
export function tokenOf(key: Buffer, { integrationId, recipient }: Subscription): string {
  const claim = Buffer.concat([Buffer.from(integrationId.replaceAll('-', ''), 'hex'), recipient]);
  return Buffer.concat([claim, mac(key, 'unsubscribe', claim)]).toString('base64url');
}

/** Null where the token was not made with this key. */
export function readToken(key: Buffer, token: string): Subscription | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const claim = bytes.subarray(0, 2 * PART);
  if (!timingSafeEqual(bytes.subarray(2 * PART), mac(key, 'unsubscribe', claim))) return null;
  const integrationId = claim
    .subarray(0, PART)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { integrationId, recipient: Buffer.from(claim.subarray(PART)) };
}

const mac = (key: Buffer, purpose: string, of: string | Buffer): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0`).update(of).digest().subarray(0, PART);
