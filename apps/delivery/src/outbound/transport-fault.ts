import type { TransportCode } from './outbound-result.js';

/** The far end, or the way to it, failed before there was an answer. Carries no address: those are secrets. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  constructor(readonly code: TransportCode) {
    super(code);
  }
}

/** Error codes of Node, OpenSSL, the resolver and undici, by what they mean to the owner of the receiver. */
const MEANINGS: [RegExp, TransportCode][] = [
  [/^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/, 'connection_refused'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_INFO)$/, 'connection_reset'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|ENONAME|EBADNAME|ETIMEOUT|EAI_.*)$/, 'dns_failed'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'response_too_large'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'malformed_response'],
  [
    /^(EPROTO|ERR_TLS_.*|ERR_SSL_.*|.*(CERT|CRL|CHAIN|ISSUER|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE).*)$/,
    'tls_failed',
  ],
];

/** Errors of system calls that speak of this process or machine, not of the far end. */
const OUR_OWN = /^(EMFILE|ENFILE|ENOBUFS|ENOMEM|EADDRNOTAVAIL|EACCES|EPERM)$/;

/** What an error of a request means; undefined where it is none of the far end's doing (no file handles left, a bug). */
export function transportCodeOf(error: unknown): TransportCode | undefined {
  if (error instanceof TransportFault) return error.code;
  const { code, name, message, syscall } = firstOf(error);
  if (name === 'HTTPParserError' || UNEXPECTED.test(message ?? '')) return 'malformed_response';
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code ?? ''))?.[1];
  if (meaning) return meaning;
  return syscall !== undefined && !OUR_OWN.test(code ?? '') ? 'connection_reset' : undefined;
}

/** undici says this of 100 and 101, which nobody asked for, under the code of every broken connection. */
const UNEXPECTED = /^bad (response|upgrade)$/;

interface NodeError {
  code?: string;
  name?: string;
  message?: string;
  syscall?: string;
  errors?: unknown[];
}

/** Where several addresses were tried, Node throws an AggregateError: the first of them speaks for all. */
function firstOf(error: unknown): NodeError {
  const known = (error ?? {}) as NodeError;
  return known.errors?.[0] === undefined ? known : firstOf(known.errors[0]);
}
