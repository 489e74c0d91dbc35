import type { ErrorCode } from '#libs/contracts';

/** Codes that say: trying again as it is now will not help. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set(['credentials_revoked', 'destination_missing']);

export const isPermanent = (code: ErrorCode): boolean => PERMANENT.has(code);

export interface StatusRule {
  /** As documents write it. */
  statuses: string;
  of: (status: number) => boolean;
  /** Null for success. */
  code: ErrorCode | null;
}

const among =
  (...statuses: number[]) =>
  (status: number): boolean =>
    statuses.includes(status);
const within =
  (from: number, to: number) =>
  (status: number): boolean =>
    status >= from && status <= to;

/** What HTTP statuses mean; of several rules the first counts. docs/answers.md is made of it. */
export const STATUS_RULES: readonly StatusRule[] = [
  { statuses: '2xx', of: within(200, 299), code: null },
  { statuses: '302, 303', of: among(302, 303), code: 'redirected' },
  { statuses: '307', of: among(307), code: 'redirected' },
  { statuses: '304', of: among(304), code: 'redirected' },
  { statuses: '301, 308 and other 3xx', of: within(300, 399), code: 'redirected' },
  { statuses: '400, 413, 415, 422', of: among(400, 413, 415, 422), code: 'message_rejected' },
  { statuses: '401', of: among(401), code: 'credentials_revoked' },
  { statuses: '403', of: among(403), code: 'credentials_revoked' },
  { statuses: '404, 410', of: among(404, 410), code: 'destination_missing' },
  { statuses: '429', of: among(429), code: 'rate_limited' },
  { statuses: 'other 4xx', of: within(400, 499), code: 'client_error' },
  { statuses: '5xx', of: within(500, 599), code: 'server_error' },
  { statuses: 'any other status', of: () => true, code: 'malformed_response' },
];

/** By status, so that the rules are gone through once. */
const CODES = Array.from({ length: 600 }, (_, status) => STATUS_RULES.find((rule) => rule.of(status))!.code);

/** What an HTTP status means where the provider has no code of its own; null for success. */
export function refusalOf(status: number): ErrorCode | null {
  const code = CODES[status];
  return code === undefined ? 'malformed_response' : code;
}

/** Whether a `Retry-After` beside this status is about trying again. */
export const honoursRetryAfter = (status: number): boolean => status === 429 || status === 503;
