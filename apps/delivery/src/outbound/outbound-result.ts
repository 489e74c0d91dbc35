import type { ErrorCode } from '#libs/contracts';

/** What can go wrong on the way to a receiver and back, apart from what it answers. */
export type TransportCode = Extract<
  ErrorCode,
  | 'connection_refused'
  | 'connection_reset'
  | 'dns_failed'
  | 'tls_failed'
  | 'timeout'
  | 'address_forbidden'
  | 'response_too_large'
  | 'malformed_response'
>;

export interface OutboundAnswer {
  kind: 'answered';
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  /** Up to 64 KB, read as UTF-8. */
  body: string;
  /** Why the answer was not read to its end; null where it was. */
  cut: TransportCode | null;
}

/** How one request ended. What the far end does is a result; an error that is thrown is our own. */
export type OutboundResult = OutboundAnswer | { kind: 'unanswered'; code: TransportCode };
