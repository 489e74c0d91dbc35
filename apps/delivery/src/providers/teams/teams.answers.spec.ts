import { assert, integer, json, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import { TEAMS_READING, TEAMS_SIGNS, teamsSign, teamsUnsigned } from './teams.answers.js';

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): OutboundAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers, body: text, cut: null };
}
const failure = (code: unknown): object => ({ error: { code, message: 'x' } });

type Fate = 'reconnect' | 'dead letter';
const FATES: Record<Fate, { permanent: boolean; retryable: boolean }> = {
  reconnect: { permanent: true, retryable: true },
  'dead letter': { permanent: false, retryable: false },
};

const ROWS: [string, number, ErrorCode, Fate][] = [
  ['WorkflowTriggerIsNotEnabled', 400, 'destination_missing', 'reconnect'],
  ['WorkflowNotFound', 404, 'destination_missing', 'reconnect'],
  ['WorkflowTriggerNotFound', 404, 'destination_missing', 'reconnect'],
  ['DirectApiAuthorizationRequired', 401, 'credentials_revoked', 'reconnect'],
  ['DirectApiInvalidAuthorizationScheme', 401, 'credentials_revoked', 'reconnect'],
  ['DirectApiInvalidAuthorizationSignature', 401, 'credentials_revoked', 'reconnect'],
  ['MissingApiVersionParameter', 400, 'credentials_revoked', 'reconnect'],
  ['AuthorizationFailed', 403, 'credentials_revoked', 'reconnect'],
  ['TriggerInputSchemaMismatch', 400, 'message_rejected', 'dead letter'],
  ['InvalidRequestContent', 400, 'message_rejected', 'dead letter'],
  ['InvalidJson', 400, 'message_rejected', 'dead letter'],
  ['RequestEntityTooLarge', 413, 'message_rejected', 'dead letter'],
];

describe("a workflow's code", () => {
  it('is in this table', () =>
    expect(ROWS.map(([code]) => code).toSorted()).toEqual(Object.keys(TEAMS_SIGNS).toSorted()));

  it.each(ROWS)('%s means, whatever its status: %i is %s, %s', (code, usual, means, fate) => {
    for (const status of [usual, 400, 403, 404, 500]) {
      const sign = teamsSign(answer(status, failure(code)))!;
      expect(failedAttempt(sign.code, sign)).toMatchObject({ code: means, ...FATES[fate] });
    }
    expect(teamsSign(answer(usual, failure(code)))!.error).toMatch(/^Microsoft Teams .+[.?] .+[.?]$/);
  });
});

describe('an answer without a code that is known', () => {
  it.each<[number, unknown, Record<string, string>, ErrorCode | null]>([
    [202, '', {}, null],
    [202, failure('WorkflowNotFound'), {}, null],
    [200, '', { 'x-ms-workflow-run-id': '08585' }, null],
    [200, '1', {}, 'malformed_response'],
    [200, '<html>Sign in to the Wi-Fi</html>', {}, 'malformed_response'],
    [204, '', {}, 'malformed_response'],
    [400, failure('SomethingNew'), {}, 'message_rejected'],
    [400, { error: null }, {}, 'message_rejected'],
    [401, '', {}, 'client_error'],
    [403, '<html>Blocked</html>', {}, 'client_error'],
    [404, failure('toString'), {}, 'client_error'],
    [404, 'null', {}, 'client_error'],
    [410, failure(7), {}, 'client_error'],
    [429, failure('WorkflowRequestsThrottled'), {}, 'rate_limited'],
    [429, '', {}, 'rate_limited'],
    [500, '', {}, 'server_error'],
    [502, '<html>', {}, 'server_error'],
  ])('never says that the workflow is gone: %i %j with %j is %s', (status, body, headers, code) => {
    const outcome = outcomeOf(answer(status, body, headers), { ...TEAMS_READING, secrets: () => [], now: 0 });
    expect(outcome.kind === 'failed' ? outcome.code : null).toBe(code);
    if (code) expect(outcome).toMatchObject({ permanent: false });
  });

  it('names a code that is not known, and nothing else of what came', () => {
    expect(teamsUnsigned(answer(409, failure('SomethingNew')), 'client_error').error).toContain('(409, SomethingNew)');
    const odd = teamsUnsigned(answer(409, failure('<b>sig=secret</b>')), 'client_error').error;
    expect(odd).not.toContain('secret');
  });

  it.each([429, 503])('is waited for as long as a %i says', (status) => {
    const context = { ...TEAMS_READING, secrets: () => [], now: 0 };
    expect(outcomeOf(answer(status, '', { 'retry-after': '7' }), context)).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('may hold anything', () => {
    const body = oneof(
      string(),
      json(),
      string().map((rest) => `{"error":{"code":${rest}`),
    );
    assert(
      property(integer({ min: 200, max: 599 }), body, (status, text) => {
        const sign = teamsSign(answer(status, text));
        expect(sign === null || status >= 300 || sign.code === 'malformed_response').toBe(true);
        if (status >= 300) expect(teamsUnsigned(answer(status, text), 'client_error').permanent).not.toBe(true);
      }),
    );
  });
});
