import { describe, expect, it } from 'vitest';
import type { TransportCode } from './outbound-result.js';
import { TransportFault, connectFaultOf, transportCodeOf, transportFaultOf } from './transport-fault.js';

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

  it.each<[string, string, string | null]>([
    ['ERR_SSL_WRONG_VERSION_NUMBER', '', 'not_tls'],
    ['EPROTO', 'write EPROTO 80DC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:', 'not_tls'],
    ['EPROTO', 'error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:', 'handshake_refused'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '', 'handshake_refused'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', 'client_certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', '', null],
    ['ENAMETOOLONG', '', 'name_too_long'],
    ['EBADNAME', '', null],
  ])('with code %s %s has detail %s', (code, message, detail) =>
    expect(transportFaultOf(Object.assign(new Error(message), { code }))?.detail).toBe(detail),
  );

  it('of a TLS server that was spoken to in plain HTTP is known by its alert', () => {
    const data = '\u0015\u0003\u0001\u0000\u0002\u0002\u0016';
    const error = Object.assign(new Error('not HTTP'), { name: 'HTTPParserError', data });
    expect(transportFaultOf(error)).toMatchObject({ code: 'malformed_response', detail: 'tls_expected' });
  });

  it('while connecting says that nobody was reached in time', () => {
    expect(connectFaultOf(coded('ETIMEDOUT'))).toMatchObject({ code: 'timeout', detail: 'not_reached' });
    const bug = new TypeError('x is not a function');
    expect(connectFaultOf(bug)).toBe(bug);
  });
});
