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
  it.each(ERROR_CODES)('of %s names the receiver, ends as a sentence and says what to do', (code) => {
    const sentence = failureSentence(code, 'Slack', 418);
    expect(sentence).toMatch(/^Slack .+[.?] .+[.?]$/);
    expect(failureSentence(code, 'Slack', null)).not.toMatch(/null|undefined|\(/);
  });
});
