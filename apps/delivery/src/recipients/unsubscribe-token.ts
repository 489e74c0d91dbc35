import { PART, mac, readSigned, signed } from './link-token.js';

/** A recipient of an integration. */
export interface Subscription {
  integrationId: string;
  /** Tells recipients of the integration apart, and says nobody's address. */
  recipient: Buffer;
}

/** Upper and lower case count as the same: people write their address in both. */
export function subscriptionOf(key: Buffer, integrationId: string, address: string): Subscription {
  const recipient = mac(key, 'recipient', `${integrationId}\0${address.toLowerCase()}`);
  return { integrationId, recipient };
}

/** The token of an unsubscribe link. It lets its bearer unsubscribe this one recipient; a token for another recipient cannot be forged. */
export const tokenOf = (key: Buffer, { integrationId, recipient }: Subscription): string =>
  signed(key, 'unsubscribe', Buffer.concat([Buffer.from(integrationId.replaceAll('-', ''), 'hex'), recipient]));

/** Null where the token was not made with this key. */
export function readToken(key: Buffer, token: string): Subscription | null {
  const claim = readSigned(key, 'unsubscribe', 2 * PART, token);
  if (!claim) return null;
  const integrationId = claim
    .subarray(0, PART)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { integrationId, recipient: Buffer.from(claim.subarray(PART)) };
}
