import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer, TransportCode } from '../../outbound/outbound-result.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import { SLACK_READING, slackLimitsAddress, slackSign, slackUnsigned } from './slack.answers.js';

const answer = (status: number, body: string): OutboundAnswer => ({
  kind: 'answered',
  status,
  headers: {},
  body,
  cut: null,
});

type Fate = 'reconnect' | 'dead letter' | 'retry';
const FATES: Record<Fate, { permanent: boolean; retryable: boolean }> = {
  reconnect: { permanent: true, retryable: true },
  'dead letter': { permanent: false, retryable: false },
  retry: { permanent: false, retryable: true },
};

const ROWS: [string, number, ErrorCode, Fate][] = [
  ['no_service', 404, 'credentials_revoked', 'reconnect'],
  ['no_service_id', 404, 'credentials_revoked', 'reconnect'],
  ['no_active_hooks', 404, 'credentials_revoked', 'reconnect'],
  ['invalid_token', 403, 'credentials_revoked', 'reconnect'],
  ['no_team', 404, 'destination_missing', 'reconnect'],
  ['team_disabled', 403, 'destination_missing', 'reconnect'],
  ['channel_not_found', 404, 'destination_missing', 'reconnect'],
  ['user_not_found', 400, 'destination_missing', 'reconnect'],
  ['channel_is_archived', 410, 'destination_missing', 'reconnect'],
  ['action_prohibited', 403, 'credentials_revoked', 'reconnect'],
  ['posting_to_general_channel_denied', 403, 'credentials_revoked', 'reconnect'],
  ['invalid_payload', 400, 'message_rejected', 'dead letter'],
  ['invalid_blocks', 400, 'message_rejected', 'dead letter'],
  ['no_text', 400, 'message_rejected', 'dead letter'],
  ['too_many_attachments', 400, 'message_rejected', 'dead letter'],
  ['rollup_error', 500, 'server_error', 'retry'],
  ['rate_limited', 429, 'rate_limited', 'retry'],
];

describe("Slack's error", () => {
  it.each(ROWS)('%s means, whatever its status: %i is %s, %s', (body, usual, code, fate) => {
    for (const status of [usual, 200, 400, 403, 404, 500]) {
      const sign = slackSign(answer(status, `${body}\n`))!;
      expect(failedAttempt(sign.code, sign)).toMatchObject({ code, ...FATES[fate] });
    }
  });

  it.each(ROWS)('%s is told to a person', (body) => {
    const { error } = slackSign(answer(400, body))!;
    expect(error).toMatch(/^Slack .+[.?] .+[.?]$/);
    expect(error).not.toContain('_');
  });
});

describe('an answer that holds none of the errors', () => {
  it.each<[number, string, ErrorCode | null]>([
    [200, 'ok', null],
    [200, ' ok\n', null],
    [200, '', 'malformed_response'],
    [200, 'OK!', 'malformed_response'],
    [200, '{"ok":true}', 'malformed_response'],
    [200, '<html>Sign in to the Wi-Fi</html>', 'malformed_response'],
    [204, '', 'malformed_response'],
    [400, 'ok', 'message_rejected'],
    [400, 'something_new', 'message_rejected'],
    [401, '', 'client_error'],
    [403, 'constructor', 'client_error'],
    [403, '<html>Access denied by policy</html>', 'client_error'],
    [403, 'the channel_not_found page', 'client_error'],
    [404, '__proto__', 'client_error'],
    [404, '<html>no_service</html>', 'client_error'],
    [407, '', 'client_error'],
    [410, '', 'client_error'],
    [429, 'rate_limited', 'rate_limited'],
    [500, '', 'server_error'],
    [302, 'no_service elsewhere', 'redirected'],
  ])('never says that the webhook is gone: %i %s is %s', (status, body, code) => {
    const context = { name: 'Slack', secrets: () => [], now: 0, signOf: slackSign, unsigned: slackUnsigned };
    const outcome = outcomeOf(answer(status, body), context);
    expect(outcome.kind === 'failed' ? outcome.code : null).toBe(code);
    if (code) expect(outcome).toMatchObject({ permanent: false, retryable: true });
  });

  it.each<[number, string, RegExp]>([
    [403, 'something_new', /^Slack, or something .* not known here \(403, something_new\)\. Keep the webhook/],
    [404, '', /^Something between NitroPush and Slack refused .*\(404\).*requests to Slack pass/],
    [403, '<html>Attention Required! | Cloudflare</html>', /^Cloudflare, .*\(403\)/],
    [307, '', /redirect \(307\).*check the way/],
    [503, '<html>', /^Slack, or something between .* failed \(503\)/],
  ])('says who may have answered %i %s', (status, body, sentence) => {
    const { error } = slackUnsigned(answer(status, body), 'client_error');
    expect(error).toMatch(sentence);
    expect(error).not.toMatch(/reconnect|fresh/i);
  });

  it('is not believed of a webhook where it was cut short', () => {
    const context = { name: 'Slack', secrets: () => [], now: 0, signOf: slackSign, unsigned: slackUnsigned };
    expect(outcomeOf({ ...answer(404, 'no_service'), cut: 'connection_reset' }, context)).toMatchObject({
      permanent: false,
    });
  });

  it('is no success where it was cut short', () => {
    const context = { name: 'Slack', secrets: () => [], now: 0, signOf: slackSign, unsigned: slackUnsigned };
    expect(outcomeOf({ ...answer(200, 'ok'), cut: 'connection_reset' }, context)).toMatchObject({
      code: 'connection_reset',
    });
  });
});

describe('a limit', () => {
  it.each<[string, boolean]>([
    ['rate_limited', false],
    ['ratelimited\n', false],
    ['message_limit_exceeded', false],
    ['{"ok":false,"error":"ratelimited"}', false],
    ['', false],
    ['<html>Too Many Requests</html>', true],
    ['error code: 1015', true],
    ['You have sent too many requests.', true],
  ])('that says %j is of the address: %s', (body, all) => {
    expect(slackLimitsAddress(answer(429, body))).toBe(all);
    const sign = slackSign(answer(429, body)) ?? slackUnsigned(answer(429, body), 'rate_limited');
    expect(sign).toMatchObject({
      code: 'rate_limited',
      error: expect.stringContaining(all ? 'All messages to Slack' : 'in this channel') as string,
    });
  });
});

describe('no whole answer', () => {
  it.each<TransportCode>([
    'connection_refused',
    'connection_reset',
    'dns_failed',
    'tls_failed',
    'timeout',
    'address_forbidden',
    'response_too_large',
    'malformed_response',
  ])('of %s asks nobody to look into Slack, and says what can be checked', (code) => {
    const context = { ...SLACK_READING, secrets: () => [], now: 0 };
    for (const result of [{ kind: 'unanswered', code, detail: null } as const, { ...answer(200, 'ok'), cut: code }]) {
      const outcome = outcomeOf(result, context);
      expect(outcome).toMatchObject({ code, permanent: false, retryable: true });
      const { error } = outcome as { error: string };
      expect(error).toMatch(
        /^(Slack|Something between NitroPush and Slack).+\. .*The operator|operator of this server.+\.$/,
      );
      expect(error).not.toMatch(/Answer first|its log|Is it running|crash/);
    }
  });
});
