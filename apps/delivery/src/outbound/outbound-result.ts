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

/** What is known beside the code, where it leads a person somewhere else. */
export type TransportDetail =
  /** There was no connection yet when the time was over. */
  | 'not_reached'
  /** The host name, or a part of it, is longer than names can be. */
  | 'name_too_long'
  /** TLS was spoken to a port that speaks something else. */
  | 'not_tls'
  /** Plain HTTP was spoken to a port that wants TLS. */
  | 'tls_expected'
  /** The server wants a certificate of ours. */
  | 'client_certificate'
  /** The server and we have no way of speaking TLS in common, or it wants a certificate. */
  | 'handshake_refused';

export interface OutboundAnswer {
  kind: 'answered';
  status: number;
  /** Names in lower case; none where only the status line came. */
  headers: Record<string, string | string[] | undefined>;
  /** Read as UTF-8; head and body together have 64 KB at most. */
  body: string;
  /** Why the answer was not read to its end; null where it was. */
  cut: TransportCode | null;
}

export interface Unanswered {
  kind: 'unanswered';
  code: TransportCode;
  detail: TransportDetail | null;
}

/** How one request ended. What the destination does is a result; an error that is thrown is our own. */
export type OutboundResult = OutboundAnswer | Unanswered;
