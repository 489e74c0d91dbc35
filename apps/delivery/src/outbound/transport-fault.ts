import type { TransportCode, TransportDetail } from './outbound-result.js';

/** The receiver, or the way to it, failed before there was an answer. Carries no address: those are secrets. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  constructor(
    readonly code: TransportCode,
    readonly detail: TransportDetail | null = null,
  ) {
    super(code);
  }
}

/** Error codes of Node, OpenSSL, the resolver and undici, by what they mean to the owner of the receiver. */
const MEANINGS: [RegExp, TransportCode, TransportDetail?][] = [
  [/^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/, 'connection_refused'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_INFO)$/, 'connection_reset'],
  [/^EBADNAME$/, 'dns_failed', 'name_too_long'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|ENONAME|ETIMEOUT|EAI_.*)$/, 'dns_failed'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'response_too_large'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'malformed_response'],
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE)$/, 'tls_failed', 'not_tls'],
  [/^ERR_SSL_.*CERTIFICATE_REQUIRED$/, 'tls_failed', 'client_certificate'],
  [/^ERR_SSL_.*(HANDSHAKE_FAILURE|ALERT_BAD_CERTIFICATE|PROTOCOL_VERSION)$/, 'tls_failed', 'handshake_refused'],
  [
    /^(EPROTO|ERR_TLS_.*|ERR_SSL_.*|.*(CERT|CRL|CHAIN|ISSUER|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE).*)$/,
    'tls_failed',
  ],
];

/** Errors of system calls that speak of this process or machine, not of the receiver. */
const OUR_OWN = /^(EMFILE|ENFILE|ENOBUFS|ENOMEM|EADDRNOTAVAIL|EACCES|EPERM)$/;

/** Whether an error speaks of this process or machine; also of one that nodemailer has put another code on. */
export function isOurOwn(error: unknown): boolean {
  const { code = '', originalCode = code } = firstOf(error);
  return OUR_OWN.test(originalCode);
}

/** What an error of a request means; undefined where the receiver has no part in it (no file handles left, a bug). */
export function transportFaultOf(error: unknown): TransportFault | undefined {
  if (error instanceof TransportFault) return error;
  const { code, name, message, syscall, data } = firstOf(error);
  if (name === 'HTTPParserError')
    return new TransportFault('malformed_response', TLS_RECORD.test(data ?? '') ? 'tls_expected' : null);
  if (UNEXPECTED.test(message ?? '')) return new TransportFault('malformed_response');
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code ?? ''));
  if (meaning) return new TransportFault(meaning[1], meaning[2] ?? null);
  return syscall !== undefined && !isOurOwn(error) ? new TransportFault('connection_reset') : undefined;
}

/** The same of an error while a connection was being opened. What is none of the receiver's doing stays as it is. */
export function connectFaultOf(error: unknown): Error {
  const fault = transportFaultOf(error);
  if (!fault) return error as Error;
  return fault.code === 'timeout' ? new TransportFault('timeout', 'not_reached') : fault;
}

export const transportCodeOf = (error: unknown): TransportCode | undefined => transportFaultOf(error)?.code;

/** undici says this of answers that nobody asked for, under the code of every broken connection. */
const UNEXPECTED = /^bad (response|upgrade)$/;

/** How a TLS server says that it was not spoken to in TLS: a record of an alert, or of a handshake. */
// eslint-disable-next-line no-control-regex
const TLS_RECORD = /^[\u0015\u0016]\u0003/;

interface NodeError {
  code?: string;
  originalCode?: string;
  name?: string;
  message?: string;
  syscall?: string;
  /** Of undici's parser: where in the answer it stopped. */
  data?: string;
  errors?: unknown[];
}

/** Where several addresses were tried, Node throws an AggregateError: the first of them speaks for all. */
function firstOf(error: unknown): NodeError {
  const known = (error ?? {}) as NodeError;
  return known.errors?.[0] === undefined ? known : firstOf(known.errors[0]);
}
