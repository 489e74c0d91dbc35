import type { TransportCode, TransportDetail } from '../outbound/outbound-result.js';
import type { AnswerRow, Reading } from './answer-rows.js';
import { outcomeOf } from './outcome.js';

const WAYS: readonly [answer: string, code: TransportCode, detail?: TransportDetail][] = [
  ['nobody listens', 'connection_refused'],
  ['not connected within 3 s', 'timeout', 'not_reached'],
  ['connected, and not answered within the time of an attempt', 'timeout'],
  ['closed before the answer was complete', 'connection_reset'],
  ['host name unknown', 'dns_failed'],
  ['host name too long to exist', 'dns_failed', 'name_too_long'],
  ['certificate not valid for the name', 'tls_failed'],
  ['no TLS on this port', 'tls_failed', 'not_tls'],
  ['a client certificate asked for', 'tls_failed', 'client_certificate'],
  ['TLS handshake refused', 'tls_failed', 'handshake_refused'],
  ['an address that may not be called', 'address_forbidden'],
  ['something that is not HTTP', 'malformed_response'],
  ['more than 64 KB before there was a status', 'response_too_large'],
];

/** Where no status came, by what is called over HTTP. */
export const unansweredRows = (reading: Reading): AnswerRow[] =>
  WAYS.map(([answer, code, detail]) => ({
    answer,
    outcome: outcomeOf({ kind: 'unanswered', code, detail: detail ?? null }, { ...reading, secrets: () => [], now: 0 }),
  }));
