import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../outbound/outbound-http.service.js';
import { buildAttemptRequest } from './build-attempt-request.suite.js';
import { ATTEMPT_TIMEOUT_MS, describeProvider, failedOf, type Failed } from './describe-provider.suite.js';
import { describeOddAnswers } from './describe-odd-answers.suite.js';
import { FarEnd, answerWith, drip, echo, flood, hang, hangUp, raw, reset, type Answer } from './far-end.suite.js';
import { HttpFarEnd } from './http-far-end.suite.js';
import type { HttpProviderSubject } from './http-provider-subject.suite.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from './provider.js';

const LOOPBACK = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
const MB = 1024 * 1024;
const outbound = (): OutboundHttp => new OutboundHttp({ rules: LOOPBACK, timeoutMs: ATTEMPT_TIMEOUT_MS });

/** What every provider must do, and what beside that is due to HTTP. */
export function describeHttpProvider(name: string, subject: HttpProviderSubject): void {
  const http = outbound();
  describeProvider(name, {
    farEnd: new HttpFarEnd(subject, subject.shown),
    at: (origin) => ({ provider: subject.build(http, origin), credentials: subject.credentials(origin) }),
    nobody: 'http://127.0.0.1:1',
    forbidden: (origin) => origin.replace('127.0.0.1', '127.0.0.2'),
    secrets: subject.secrets,
    close: () => http.close(),
  });
  describeHttp(name, subject);
  describeOddAnswers(name, subject, outbound);
}

function describeHttp(name: string, subject: HttpProviderSubject): void {
  describe(`provider ${name} over HTTP`, () => {
    const farEnd = new FarEnd();
    const http = outbound();
    let origin = '';
    let provider: ProviderAdapter;

    beforeAll(async () => {
      origin = await farEnd.start();
      provider = subject.build(http, origin);
    });
    afterEach(() => {
      farEnd.seen.length = 0;
    });
    afterAll(async () => {
      await http.close();
      await farEnd.stop();
    });

    const attempt = (answer: Answer, changes: Partial<AttemptRequest> = {}): Promise<AttemptOutcome> => {
      farEnd.answer = answer;
      return provider.attempt(buildAttemptRequest({ credentials: subject.credentials(origin), ...changes }));
    };
    const failure = async (answer: Answer): Promise<Failed> => failedOf(await attempt(answer));

    /** A status alone is the word of those who have no sign of their own. */
    const speaks = subject.gone === undefined;

    it.each<[number, ErrorCode, boolean]>([
      [302, 'redirected', false],
      [400, 'message_rejected', false],
      [401, speaks ? 'credentials_revoked' : 'client_error', speaks],
      [403, speaks ? 'credentials_revoked' : 'client_error', speaks],
      [404, speaks ? 'destination_missing' : 'client_error', speaks],
      [410, speaks ? 'destination_missing' : 'client_error', speaks],
      [429, 'rate_limited', false],
      [500, 'server_error', false],
      [503, 'server_error', false],
    ])('reads a bare %i as %s, permanent: %s', async (statusCode, code, permanent) => {
      const outcome = await failure(answerWith(statusCode, 'no', { location: `${origin}/elsewhere` }));
      expect(outcome).toMatchObject({ code, statusCode, permanent, retryable: true });
      if (permanent) expect(outcome.ownSign).toBe(false);
      expect(farEnd.seen).toHaveLength(1);
    });

    it.each([429, 503])('honours Retry-After of a %i', async (status) => {
      expect(await failure(answerWith(status, '', { 'retry-after': '7' }))).toMatchObject({ retryAfterMs: 7_000 });
    });

    it.each<[string, ErrorCode, Answer]>([
      ['resets the connection', 'connection_reset', reset],
      ['hangs up', 'connection_reset', hangUp],
      ['answers something else than HTTP', 'malformed_response', raw('SSH-2.0-OpenSSH_9.6\r\n')],
      [
        'changes over to another protocol',
        'malformed_response',
        raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      ],
    ])('survives a destination that %s', async (_case, code, answer) => {
      expect(await failure(answer)).toMatchObject({ code, permanent: false });
      expect(await attempt(subject.accepted)).toMatchObject({ kind: 'delivered' });
    });

    /** How an answer that did not come whole ends, where its status line said 200 or was missing. */
    const cut = (code: ErrorCode, hasStatus: boolean): object =>
      hasStatus && subject.statusDecides ? { kind: 'delivered', statusCode: 200 } : { code, permanent: false };

    it.each<[string, Answer]>([
      ['hangs', hang],
      ['begins a 200 and hangs', raw('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n')],
      ['drips the body of a 200', drip('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n')],
      ['drips the headers of a 200', drip('HTTP/1.1 200 OK\r\n', 'x: y\r\n')],
      ['is about to answer for ever', drip('', 'HTTP/1.1 102 Processing\r\n\r\n')],
    ])('gives a destination that %s its time, and then no more', async (what, answer) => {
      const began = performance.now();
      expect(await attempt(answer)).toMatchObject(cut('timeout', what.includes('200')));
      expect(performance.now() - began).toBeGreaterThan(ATTEMPT_TIMEOUT_MS - 20);
    });

    it('keeps the refusal of a destination that drips', async () => {
      const outcome = await failure(drip('HTTP/1.1 410 Gone\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'));
      const code = speaks ? 'destination_missing' : 'client_error';
      expect(outcome).toMatchObject({ code, statusCode: 410, permanent: speaks });
      expect(outcome.responseBody).toMatch(/^x+$/);
    });

    it('takes little of an answer of 200 MB', async () => {
      await attempt(subject.accepted);
      const before = process.memoryUsage().rss;
      const endless = flood(200, 200 * MB);
      const outcome = await attempt(endless.answer);
      await endless.closed;
      expect(outcome).toMatchObject(cut('response_too_large', true));
      expect(endless.sent()).toBeLessThan(20 * MB);
      expect(process.memoryUsage().rss - before).toBeLessThan(40 * MB);
    });

    it.each([200, 400, 401, 410, 429, 500])('shows no secret that a %i repeats', async (status) => {
      const shown = JSON.stringify(await attempt(echo(status)));
      for (const secret of [...subject.secrets, ...buildAttemptRequest().signingSecrets])
        expect(shown).not.toContain(secret);
    });

    it('shows the headers of a refusal', async () => {
      const { responseHeaders } = await failure((_request, response) => {
        response.writeHead(503, { 'X-Request-Id': 'r-1', 'Set-Cookie': ['a=1', 'b=2'], Server: 'nginx' }).end();
      });
      expect(responseHeaders).toMatchObject({ 'x-request-id': 'r-1', 'set-cookie': '[redacted]', server: 'nginx' });
    });

    it('shows 4 KB of an answer at most', async () => {
      const { responseBody } = await failure(answerWith(500, 'é'.repeat(10_000)));
      expect(responseBody).toBe('é'.repeat(2_048));
    });
  });
}
