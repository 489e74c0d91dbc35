/** Why calls of this service are refused, for its documentation. */
const SIGNED_IN = { 401: 'The token is missing, expired or not ours' };
export const UNKNOWN = { ...SIGNED_IN, 404: 'Unknown, or another organization’s' };
export const LISTED = { ...SIGNED_IN, 400: 'The limit, the cursor or a filter is malformed' };
export const WRITTEN = {
  ...SIGNED_IN,
  400: 'A field is missing, malformed or unknown',
  403: 'The role may only read',
  413: 'The body is larger than 256 KB',
};
export const REUSED_KEY = 'The Idempotency-Key belongs to another request';
