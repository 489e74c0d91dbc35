import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import { TransportFault } from '../../outbound/transport-fault.js';
import { failureOf, refusalOf, type SmtpError, type Stage } from './smtp-answers.js';

describe('what an answer of the mail server means', () => {
  it.each<[Stage, number, ErrorCode, boolean]>([
    // not now
    ['session', 421, 'rate_limited', true],
    ['sender', 421, 'rate_limited', true],
    ['sender', 451, 'rate_limited', true],
    ['sender', 452, 'server_error', true],
    ['session', 454, 'server_error', true],
    ['recipient', 450, 'rate_limited', true],
    ['recipient', 451, 'rate_limited', true],
    ['recipient', 452, 'server_error', true],
    ['message', 450, 'rate_limited', true],
    ['message', 451, 'rate_limited', true],
    // nobody there
    ['recipient', 550, 'destination_missing', true],
    ['recipient', 551, 'destination_missing', true],
    ['recipient', 553, 'destination_missing', true],
    ['recipient', 501, 'destination_missing', true],
    // not this mail
    ['sender', 552, 'message_rejected', false],
    ['sender', 554, 'message_rejected', false],
    ['recipient', 552, 'message_rejected', false],
    ['recipient', 554, 'message_rejected', false],
    ['message', 550, 'message_rejected', false],
    ['message', 552, 'message_rejected', false],
    ['message', 554, 'message_rejected', false],
    ['message', 571, 'message_rejected', false],
    // not us: for the operator to mend
    ['session', 530, 'client_error', true],
    ['session', 534, 'client_error', true],
    ['session', 535, 'client_error', true],
    ['session', 538, 'client_error', true],
    ['session', 554, 'client_error', true],
    ['session', 502, 'client_error', true],
    ['sender', 530, 'client_error', true],
    ['sender', 550, 'client_error', true],
    ['sender', 553, 'client_error', true],
    ['recipient', 530, 'client_error', true],
    ['message', 530, 'client_error', true],
    // out of step
    ['recipient', 503, 'server_error', true],
    ['message', 250, 'malformed_response', true],
    ['session', 900, 'malformed_response', true],
  ])('%s %i is %s, retryable: %s', (stage, status, code, retryable) => {
    expect(refusalOf(stage, status)).toEqual({ code, retryable });
  });
});

describe('an answer that puts the mail off by a policy', () => {
  it.each([
    '450 4.2.0 greylisted',
    '451 4.7.1 greylisted',
    '421 4.7.0 slow down',
    '452 4.7.500 server busy',
    '454-4.7.0 too many sign-ins',
    '451 later',
  ])('%s asks to be tried again later', (answer) => {
    expect(refusalOf('recipient', Number(answer.slice(0, 3)), answer)).toEqual({
      code: 'rate_limited',
      retryable: true,
    });
  });

  it.each(['452 4.2.2 mailbox full', '452 4.3.1 no space, see 4.7.1', '550 5.7.1 refused'])('%s does not', (answer) => {
    expect(refusalOf('recipient', Number(answer.slice(0, 3)), answer).code).not.toBe('rate_limited');
  });
});

describe('what an error of a conversation means', () => {
  const error = (known: Partial<SmtpError>): SmtpError => Object.assign(new Error('said'), known);

  it.each<[Partial<SmtpError>, ErrorCode, number | null]>([
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550, response: '550 no' }, 'client_error', 550],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response: '550 no' }, 'destination_missing', 550],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554, response: '554 no' }, 'message_rejected', 554],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 no' }, 'client_error', 535],
    [{ code: 'EPROTOCOL', command: 'CONN', responseCode: 421, response: '421 no' }, 'rate_limited', 421],
    [{ code: 'ETLS', command: 'STARTTLS', responseCode: 502, response: '502 no' }, 'tls_failed', 502],
    [{ code: 'EAUTH', command: 'API' }, 'client_error', null],
    [{ code: 'EPROTOCOL', command: 'CONN', response: 'HTTP/1.1 400' }, 'malformed_response', null],
    [{ code: 'EPROTOCOL', message: 'Server response exceeds maximum allowed size' }, 'response_too_large', null],
    [{ code: 'EMESSAGE', message: 'Message size larger than allowed 1000' }, 'message_rejected', null],
    [{ code: 'ETIMEDOUT' }, 'timeout', null],
    [{ code: 'ECONNECTION' }, 'connection_reset', null],
    [{ code: 'ETLS' }, 'tls_failed', null],
    [{ code: 'EDNS', originalCode: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'dns_failed', null],
    [{ code: 'EDNS' }, 'dns_failed', null],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', syscall: 'connect' }, 'connection_refused', null],
    [{ code: 'ESOCKET', originalCode: 'ECONNRESET', syscall: 'read' }, 'connection_reset', null],
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls_failed', null],
    [{ code: 'ESOCKET', originalCode: 'EPROTO', syscall: 'write' }, 'tls_failed', null],
  ])('%j is %s', (known, code, status) => {
    expect(failureOf(error(known))).toMatchObject({ code, status });
  });

  it.each([
    ['EHLO', '550 5.7.1 bad name', 'greeting_refused'],
    ['HELO', '501 5.5.2 bad name', 'greeting_refused'],
    ['EHLO', '421 4.7.0 later', null],
    ['MAIL FROM', '550 5.7.1 bad name', null],
  ])('%s answered with %s is told apart', (command, response, detail) => {
    const responseCode = Number(response.slice(0, 3));
    expect(failureOf(error({ code: 'EPROTOCOL', command, response, responseCode }))).toMatchObject({ detail });
  });

  it('keeps what we found ourselves', () => {
    expect(failureOf(new TransportFault('timeout'))).toMatchObject({ code: 'timeout', status: null, answer: '' });
  });

  it.each<Partial<SmtpError>>([
    {},
    { code: 'EENVELOPE', command: 'MAIL FROM', response: 'hello' },
    { code: 'EMESSAGE', command: 'DATA', response: 'hello' },
    { code: 'ENEW', command: 'DATA' },
  ])('%j is an answer that is not SMTP', (known) => {
    expect(failureOf(error(known))).toMatchObject({ code: 'malformed_response', retryable: true, status: null });
  });

  it.each<Partial<SmtpError>>([
    { code: 'EENVELOPE', command: 'API' },
    { code: 'ESOCKET', originalCode: 'EMFILE', syscall: 'connect' },
  ])('%j is our own', (known) => {
    expect(failureOf(error(known))).toBeUndefined();
  });
});
