import { assert, integer, json, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { failedAttempt, outcomeOf } from '../outcome.js';
import { discordSign, discordUnsigned, limitsAddress } from './discord.answers.js';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): OutboundAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers, body: text, cut: null };
}

type Fate = 'reconnect' | 'dead letter' | 'retry';
const FATES: Record<Fate, { permanent: boolean; retryable: boolean }> = {
  reconnect: { permanent: true, retryable: true },
  'dead letter': { permanent: false, retryable: false },
  retry: { permanent: false, retryable: true },
};

const ROWS: [number, number, ErrorCode, Fate][] = [
  [10003, 404, 'destination_missing', 'reconnect'],
  [10015, 404, 'destination_missing', 'reconnect'],
  [20016, 429, 'rate_limited', 'retry'],
  [20028, 429, 'rate_limited', 'retry'],
  [40005, 413, 'message_rejected', 'dead letter'],
  [50001, 403, 'credentials_revoked', 'reconnect'],
  [50006, 400, 'message_rejected', 'dead letter'],
  [50013, 403, 'credentials_revoked', 'reconnect'],
  [50027, 401, 'credentials_revoked', 'reconnect'],
  [50035, 400, 'message_rejected', 'dead letter'],
  [50109, 400, 'message_rejected', 'dead letter'],
  [220001, 400, 'destination_missing', 'reconnect'],
  [220002, 400, 'destination_missing', 'reconnect'],
  [220003, 400, 'destination_missing', 'reconnect'],
  [220004, 400, 'destination_missing', 'reconnect'],
];

describe("Discord's code", () => {
  it.each(ROWS)('%i means, whatever its status: %i is %s, %s', (code, usual, means, fate) => {
    for (const status of [usual, 400, 403, 404, 500]) {
      const sign = discordSign(answer(status, { message: 'x', code }), 0)!;
      expect(failedAttempt(sign.code, sign)).toMatchObject({ code: means, ...FATES[fate] });
    }
  });

  it.each(ROWS)('%i is told to a person', (code) => {
    expect(discordSign(answer(400, { code }), 0)!.error).toMatch(/^Discord .+[.?] .+[.?]$/);
  });
});

describe('an answer without a code that is known', () => {
  it.each<[number, unknown, ErrorCode | null]>([
    [200, { id: '1', content: 'x' }, null],
    [200, { id: '1', code: 10015 }, null],
    [204, '', null],
    [200, '', 'malformed_response'],
    [200, '<html>Sign in to the Wi-Fi</html>', 'malformed_response'],
    [200, '{"ok":true}', 'malformed_response'],
    [400, { message: 'x', code: 0 }, 'message_rejected'],
    [400, { message: 'x', code: '50035' }, 'message_rejected'],
    [401, { message: '401: Unauthorized', code: 0 }, 'client_error'],
    [403, '<html>Cloudflare</html>', 'client_error'],
    [403, 'error code: 1010', 'client_error'],
    [403, { message: 'internal network error', code: 40333 }, 'client_error'],
    [404, '{"code":10015', 'client_error'],
    [404, 'null', 'client_error'],
    [404, '<html>{"code":10015}</html>', 'client_error'],
    [410, { code: '10015' }, 'client_error'],
    [407, '', 'client_error'],
    [429, { message: 'x', retry_after: 1, global: false }, 'rate_limited'],
    [500, '', 'server_error'],
    [502, '<html>', 'server_error'],
  ])('never says that the webhook is gone: %i %j is %s', (status, body, code) => {
    const context = { name: 'Discord', secrets: () => [], now: 0, signOf: discordSign, unsigned: discordUnsigned };
    const outcome = outcomeOf(answer(status, body), context);
    expect(outcome.kind === 'failed' ? outcome.code : null).toBe(code);
    if (code) expect(outcome).toMatchObject({ permanent: false });
  });

  it.each<[number, unknown, RegExp]>([
    [403, 'error code: 1010', /^Cloudflare, .*\(403, error code 1010\).*blocked the address of this server/],
    [403, { message: 'x', code: 40333 }, /^Discord, or something .*\(403, code 40333\)\. Keep the webhook/],
    [400, { embeds: ['0'] }, /^Discord, or something .*\(400, no code\)/],
    [404, '<html>', /^Something between NitroPush and Discord refused .*\(404\).*requests to Discord pass/],
    [302, '', /redirect \(302\).*check the way/],
    [502, '<html>', /^Discord, or something between .* failed \(502\)/],
  ])('says who may have answered %i %j', (status, body, sentence) => {
    const { error } = discordUnsigned(answer(status, body), 'client_error');
    expect(error).toMatch(sentence);
    expect(error).not.toMatch(/reconnect|fresh/i);
  });

  it('may hold anything', () => {
    assert(
      property(
        integer({ min: 200, max: 599 }),
        oneof(
          string(),
          json(),
          string().map((rest) => `{"code":${rest}`),
        ),
        (status, body) => {
          const sign = discordSign(answer(status, body), 0);
          expect(sign === null || status >= 300 || sign.code === 'malformed_response').toBe(true);
          expect(typeof limitsAddress(answer(status, body))).toBe('boolean');
        },
      ),
    );
  });
});

describe('the wait that Discord asks for', () => {
  it.each<[string, OutboundAnswer, number | null]>([
    ['the body', answer(429, { retry_after: 0.529 }), 529],
    ['the header', answer(429, '', { 'retry-after': '2' }), 2_000],
    ['the longer of both: the header', answer(429, { retry_after: 1.2 }, { 'retry-after': '2' }), 2_000],
    ['the longer of both: the body', answer(429, { retry_after: 64.57 }, { 'retry-after': '64' }), 64_570],
    ['the body beside a code', answer(400, { code: 20028, retry_after: 5 }), 5_000],
    ['a day at most', answer(429, { retry_after: 999_999 }), 86_400_000],
    ['nothing', answer(429, {}), null],
    ['nothing that can be read', answer(429, { retry_after: 'soon' }, { 'retry-after': 'soon' }), null],
    ['nothing of the past', answer(429, { retry_after: -1 }), null],
  ])('is of %s', (_case, given, ms) => expect(discordSign(given, 0)).toMatchObject({ retryAfterMs: ms }));

  it.each<[string, OutboundAnswer, boolean]>([
    ['its body says global', answer(429, { global: true }), true],
    ['its body says that it is not', answer(429, { retry_after: 1, global: false }), false],
    ['its body says global, whatever the bucket', answer(429, { global: true }, { 'x-ratelimit-bucket': 'a' }), true],
    ['its body says nothing of it', answer(429, { global: 'true' }), true],
    ['a header says global', answer(429, '', { 'x-ratelimit-global': 'true' }), true],
    ['its scope is global', answer(429, {}, { 'x-ratelimit-scope': 'global' }), true],
    ['its scope is shared', answer(429, {}, { 'x-ratelimit-scope': 'shared' }), false],
    ['its scope is the webhook', answer(429, '', { 'x-ratelimit-scope': 'user' }), false],
    ['it names a bucket', answer(429, '', { 'x-ratelimit-bucket': 'a' }), false],
    ['it counts what is left', answer(429, '', { 'x-ratelimit-remaining': '0' }), false],
    ['it is a slow channel', answer(400, { code: 20028, retry_after: 5 }), false],
    ['Cloudflare says so', answer(429, 'error code: 1015', { 'retry-after': '6' }), true],
    ['Cloudflare says so on a page', answer(429, '<html><h1>Error 1015</h1>You are being rate limited'), true],
    ['a page says so', answer(429, '<html>'), true],
    ['nothing says anything', answer(429, ''), true],
  ])('is for all that is sent from here, or for one webhook: %s', (_case, given, all) => {
    expect(limitsAddress(given)).toBe(all);
    expect(discordSign(given, 0)).toMatchObject({
      code: 'rate_limited',
      error: expect.stringContaining(all ? 'All messages to Discord' : 'in this channel') as string,
    });
  });

  it.each([403, 503])('may come with status %i where Cloudflare says so', (status) => {
    const sign = discordSign(answer(status, 'error code: 1015', { 'retry-after': '6' }), 0);
    expect(sign).toMatchObject({ code: 'rate_limited', retryAfterMs: 6_000 });
  });
});
