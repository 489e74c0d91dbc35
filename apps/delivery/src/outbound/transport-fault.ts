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
  [/^ENAMETOOLONG$/, 'dns_failed', 'name_too_long'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|ENONAME|EBADNAME|ETIMEOUT|EAI_.*)$/, 'dns_failed'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'response_too_large'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'malformed_response'],
  [
    /^(EPROTO|ERR_TLS_.*|ERR_SSL_.*|.*(CERT|CRL|CHAIN|ISSUER|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE).*)$/,
    'tls_failed',
  ],
];

/** What OpenSSL says, as a code or in the message beside EPROTO. */
const TLS_DETAILS: [RegExp, TransportDetail][] = [
  [/wrong.version.number|packet.length.too.long|http.request|unexpected.message/i, 'not_tls'],
  [/certificate.required/i, 'client_certificate'],
  [/handshake.failure|alert.bad.certificate|protocol.version|unsupported.protocol/i, 'handshake_refused'],
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
  if (meaning) return new TransportFault(meaning[1], meaning[2] ?? tlsDetail(meaning[1], `${code} ${message}`));
  return syscall !== undefined && !isOurOwn(error) ? new TransportFault('connection_reset') : undefined;
}

function tlsDetail(code: TransportCode, said: string): TransportDetail | null {
  return code === 'tls_failed' ? (TLS_DETAILS.find(([pattern]) => pattern.test(said))?.[1] ?? null) : null;
}

/** The same for an error while a connection was being opened. An error that the receiver did not cause stays as it is. */
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
