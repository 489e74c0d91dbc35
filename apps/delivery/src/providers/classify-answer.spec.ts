import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '#libs/contracts';
import { isPermanent, refusalOf } from './classify-answer.js';
import { failureSentence } from './failure-sentences.js';

describe('a status', () => {
  it.each<[number, ErrorCode | null]>([
    [199, 'malformed_response'],
    [200, null],
    [201, null],
    [204, null],
    [299, null],
    [300, 'redirected'],
    [301, 'redirected'],
    [304, 'redirected'],
    [308, 'redirected'],
    [400, 'message_rejected'],
    [401, 'credentials_revoked'],
    [402, 'client_error'],
    [403, 'credentials_revoked'],
    [404, 'destination_missing'],
    [405, 'client_error'],
    [408, 'client_error'],
    [409, 'client_error'],
    [410, 'destination_missing'],
    [413, 'message_rejected'],
    [415, 'message_rejected'],
    [418, 'client_error'],
    [422, 'message_rejected'],
    [429, 'rate_limited'],
    [499, 'client_error'],
    [500, 'server_error'],
    [503, 'server_error'],
    [599, 'server_error'],
    [600, 'malformed_response'],
    [999, 'malformed_response'],
  ])('of %i means %s', (status, code) => expect(refusalOf(status)).toBe(code));

  it('is permanent where trying again cannot help', () => {
    const permanent = [400, 401, 403, 404, 410, 413, 429, 500, 503, 301].filter((status) =>
      isPermanent(refusalOf(status) ?? 'timeout'),
    );
    expect(permanent).toEqual([401, 403, 404, 410]);
  });
});

describe('the sentence of a failure', () => {
  it.each(ERROR_CODES)('of %s names the destination, ends as a sentence and says what to do', (code) => {
    const sentence = failureSentence(code, 'Slack', 418);
    expect(sentence).toMatch(/^Slack .+[.?] .+[.?]$/);
    expect(failureSentence(code, 'Slack', null)).not.toMatch(/null|undefined|\(/);
  });

  it.each([301, 308])('of %i says to save the new address', (status) =>
    expect(failureSentence('redirected', 'The destination', status)).toMatch(/Save the address/),
  );

  it.each([302, 303])('of %i does not: the address is for this request only', (status) => {
    const sentence = failureSentence('redirected', 'The destination', status);
    expect(sentence).not.toMatch(/Save the address/);
    expect(sentence).toMatch(/for this request only.*2xx/);
  });

  it('of 307 does not say that the message may have been taken: it is to be posted elsewhere', () =>
    expect(failureSentence('redirected', 'The destination', 307)).toMatch(
      /temporary redirect \(307\).*answer at this address/,
    ));

  it('of 403 thinks of a firewall, for it may be about one message', () => {
    expect(failureSentence('credentials_revoked', 'The destination', 403)).toMatch(/firewall/);
    expect(failureSentence('credentials_revoked', 'The destination', 401)).toMatch(/Save fresh ones/);
  });

  it('of 304 speaks of no address', () =>
    expect(failureSentence('redirected', 'The destination', 304)).toMatch(/nothing was modified.*cache or a proxy/));

  it.each([
    'not_reached',
    'name_too_long',
    'not_tls',
    'tls_expected',
    'client_certificate',
    'handshake_refused',
  ] as const)('with detail %s names the destination, ends as a sentence and says what to do', (detail) => {
    const sentence = failureSentence('tls_failed', 'The destination', null, { detail });
    expect(sentence).toMatch(/^The destination .+[.?:] .+[.?]$/);
    expect(sentence).not.toMatch(/Answer first|certificate valid/);
  });

  it('of a closed connection over http thinks of TLS', () => {
    expect(failureSentence('connection_reset', 'The destination', null, { plainHttp: true })).toContain('https://');
    expect(failureSentence('connection_reset', 'The destination', null)).not.toContain('https://');
  });
});
