import type { ErrorCode } from '#libs/contracts';

/** Codes that say: trying again as it is now will not help. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set(['credentials_revoked', 'destination_missing']);

export const isPermanent = (code: ErrorCode): boolean => PERMANENT.has(code);

/** What an HTTP status means where the provider has no code of its own; null for success. */
export function refusalOf(status: number): ErrorCode | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 500 && status < 600) return 'server_error';
  if (status < 400 || status >= 600) return 'malformed_response';
  return CLIENT_ERRORS[status] ?? 'client_error';
}

const CLIENT_ERRORS: Record<number, ErrorCode> = {
  400: 'message_rejected',
  401: 'credentials_revoked',
  403: 'credentials_revoked',
  404: 'destination_missing',
  410: 'destination_missing',
  413: 'message_rejected',
  415: 'message_rejected',
  422: 'message_rejected',
  429: 'rate_limited',
};

/** Whether a `Retry-After` beside this status is about trying again. */
export const honoursRetryAfter = (status: number): boolean => status === 429 || status === 503;
