import { createHmac } from 'node:crypto';

/** Not a secret: an address that was given out must be known again after a restart, and nobody else's is worth guessing. */
const KEY = 'nitropush sandbox';

/** The secret part of a webhook's address; it follows from the rest, so that nothing has to be remembered. */
export const webhookSecret = (product: string, id: string, length: number): string =>
  createHmac('sha512', KEY).update(`${product} ${id}`).digest('base64url').replace(/[-_]/g, 'x').slice(0, length);
