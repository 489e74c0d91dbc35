import type { TransportCode } from './outbound-result.js';

/** The far end, or the way to it, failed before there was an answer. Carries no address: those are secrets. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  constructor(readonly code: TransportCode) {
    super(code);
  }
}

/** Error codes of Node, OpenSSL, c-ares, llhttp and undici, by what they mean to the owner of the receiver. */
const MEANINGS: [RegExp, TransportCode][] = [
  [/^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/, 'connection_refused'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, 'connection_reset'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|ENONAME|EBADNAME|EAI_.*)$/, 'dns_failed'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'timeout'],
  [/^(HPE_HEADER_OVERFLOW|UND_ERR_HEADERS_OVERFLOW)$/, 'response_too_large'],
  [/^(HPE_.*|UND_ERR_HTTP_PARSER|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'malformed_response'],
  [
    /^(EPROTO|ERR_TLS_.*|ERR_SSL_.*|.*(CERT|CRL|CHAIN|ISSUER|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE).*)$/,
    'tls_failed',
  ],
];

/** What an error of a request means; undefined where it is none of the far end's doing (no file handles left, a bug). */
export function transportCodeOf(error: unknown): TransportCode | undefined {
  if (error instanceof TransportFault) return error.code;
  const code = nodeCodeOf(error);
  return code === undefined ? undefined : MEANINGS.find(([pattern]) => pattern.test(code))?.[1];
}

/** Where several addresses were tried, Node throws an AggregateError: the first of them speaks for all. */
function nodeCodeOf(error: unknown): string | undefined {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown[] };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) && errors.length > 0 ? nodeCodeOf(errors[0]) : undefined;
}
