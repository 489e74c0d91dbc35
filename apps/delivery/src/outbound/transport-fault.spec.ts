import { describe, expect, it } from 'vitest';
import type { TransportCode } from './outbound-result.js';
import { TransportFault, transportCodeOf } from './transport-fault.js';

const coded = (code: string): Error => Object.assign(new Error('sensitive'), { code });

describe('an error of a request', () => {
  it.each<[string, TransportCode | undefined]>([
    ['ECONNREFUSED', 'connection_refused'],
    ['EHOSTUNREACH', 'connection_refused'],
    ['ENETUNREACH', 'connection_refused'],
    ['ECONNRESET', 'connection_reset'],
    ['EPIPE', 'connection_reset'],
    ['UND_ERR_SOCKET', 'connection_reset'],
    ['ENOTFOUND', 'dns_failed'],
    ['EAI_AGAIN', 'dns_failed'],
    ['ETIMEOUT', 'dns_failed'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_OVERFLOW', 'response_too_large'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'malformed_response'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed'],
    ['EPROTO', 'tls_failed'],
    ['EMFILE', undefined],
    ['EADDRNOTAVAIL', undefined],
    ['ERR_INVALID_ARG_TYPE', undefined],
    ['UND_ERR_INVALID_ARG', undefined],
    ['UND_ERR_DESTROYED', undefined],
  ])('with code %s means %s', (code, meaning) => expect(transportCodeOf(coded(code))).toBe(meaning));

  it('is read from the first of several addresses', () => {
    expect(transportCodeOf(new AggregateError([coded('ECONNREFUSED'), coded('ETIMEDOUT')]))).toBe('connection_refused');
  });

  it('of the parser is a malformed answer', () => {
    const error = Object.assign(new Error('not HTTP'), { name: 'HTTPParserError' });
    expect(transportCodeOf(error)).toBe('malformed_response');
  });

  it('of a system call that is not listed is a broken connection, unless it speaks of this machine', () => {
    expect(transportCodeOf(Object.assign(coded('EPROTOTYPE'), { syscall: 'write' }))).toBe('connection_reset');
    expect(transportCodeOf(Object.assign(coded('EMFILE'), { syscall: 'connect' }))).toBeUndefined();
  });

  it('that is a bug means nothing', () => {
    expect(transportCodeOf(new TypeError('x is not a function'))).toBeUndefined();
    expect(transportCodeOf(undefined)).toBeUndefined();
  });

  it('keeps its own meaning', () => expect(transportCodeOf(new TransportFault('timeout'))).toBe('timeout'));
});
