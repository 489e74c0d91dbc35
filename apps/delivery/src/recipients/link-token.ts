import { createHmac, timingSafeEqual } from 'node:crypto';

/** Long enough to tell anything apart, and for nobody to guess. */
export const PART = 16;

/** The first 16 bytes of a keyed hash: for each purpose another one. */
export const mac = (key: Buffer, purpose: string, of: string | Buffer): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0`).update(of).digest().subarray(0, PART);

/** A claim and its signature, as the query of a link has them. Nobody without the key can make one up. */
export const signed = (key: Buffer, purpose: string, claim: Buffer): string =>
  Buffer.concat([claim, mac(key, purpose, claim)]).toString('base64url');

/** The claim of a token, which is as long as `bytes`; null where it was not signed for this purpose with this key. */
export function readSigned(key: Buffer, purpose: string, bytes: number, token: string): Buffer | null {
  const read = Buffer.from(token, 'base64url');
  if (read.length !== bytes + PART || read.toString('base64url') !== token) return null;
  const claim = read.subarray(0, bytes);
  return timingSafeEqual(read.subarray(bytes), mac(key, purpose, claim)) ? claim : null;
}
