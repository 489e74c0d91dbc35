import { PART, mac, readSigned, signed } from './link-token.js';

/** Names somebody within an organization, whichever of its lists they are on, and says nobody's address. Case does not matter. */
export const personOf = (key: Buffer, organizationId: string, address: string): Buffer =>
  mac(key, 'person', `${organizationId}\0${address.toLowerCase()}`);

/** Names an address: the same for all organizations. */
export const addressOf = (key: Buffer, address: string): Buffer => mac(key, 'address', address.toLowerCase());

/** The token of a link by which a person confirms that this organization may send mail. */
export const confirmationTokenOf = (key: Buffer, person: Buffer): string => signed(key, 'confirm', person);

/** Null where the token was not made with this key, or for something else. */
export const readConfirmationToken = (key: Buffer, token: string): Buffer | null =>
  readSigned(key, 'confirm', PART, token);
