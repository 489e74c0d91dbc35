import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import { buildAttemptRequest } from './build-attempt-request.suite.js';
import type { HttpProviderSubject } from './http-provider-subject.suite.js';
import { failedOf } from './describe-provider.suite.js';
import { FarEnd, answerWith, raw, rawEnd, repeated, reset, type Answer } from './far-end.suite.js';
import type { AttemptOutcome, ProviderAdapter } from './provider.js';
import type { OutboundHttp } from '../outbound/outbound-http.service.js';

const MB = 1024 * 1024;
const EMPTY = 'content-length: 0\r\n\r\n';

/** Answers that are hardly HTTP, or more of it than anybody wants: each is an outcome, and hurts nobody else. */
export function describeOddAnswers(name: string, subject: HttpProviderSubject, outbound: () => OutboundHttp): void {
  describe(`provider ${name} and odd answers`, () => {
    const farEnd = new FarEnd();
    const http = outbound();
    let provider: ProviderAdapter;
    let credentials: unknown;
    let origin = '';

    beforeAll(async () => {
      origin = await farEnd.start();
      provider = subject.build(http, origin);
      credentials = subject.credentials(origin);
    });
    afterAll(async () => {
      await http.close();
      await farEnd.stop();
    });

    const attempt = (answer: Answer): Promise<AttemptOutcome> => {
      farEnd.answer = answer;
      return provider.attempt(buildAttemptRequest({ credentials }));
    };
    /** Of an answer whose status line says 200. */
    const expectTaken = async (answer: Answer, code: ErrorCode, note: RegExp): Promise<void> => {
      const outcome = await attempt(answer);
      expect(outcome).toMatchObject(
        subject.statusDecides
          ? { kind: 'delivered', statusCode: 200, responseBody: expect.stringMatching(note) as string }
          : { kind: 'failed', permanent: false, retryable: true, statusCode: 200, code },
      );
      expect(await attempt(subject.accepted)).toMatchObject({ kind: 'delivered' });
    };

    it.each([
      ['000', `HTTP/1.1 000 x\r\n${EMPTY}`],
      ['099', `HTTP/1.1 099 x\r\n${EMPTY}`],
      ['000 and nothing more', 'HTTP/1.1 000 x\r\n'],
      ['two digits', `HTTP/1.1 20 OK\r\n${EMPTY}`],
      ['four digits', `HTTP/1.1 2000 OK\r\n${EMPTY}`],
      ['no digits', `HTTP/1.1 OK\r\n${EMPTY}`],
      ['a bare 101', `HTTP/1.1 101 x\r\n\r\n`],
      ['a notice of four digits', `HTTP/1.1 1000 x\r\n${EMPTY}`],
      ['a bare 101 without an end', 'HTTP/1.1 101 x\r\n'],
      ['a 101 with an upgrade', `HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n`],
      ['a 101 after notices', `HTTP/1.1 103 x\r\nlink: a\r\n\r\nHTTP/1.1 101 x\r\n\r\n`],
      ['another version', `HTTP/7.3 200 OK\r\n${EMPTY}`],
      ['a request', 'GET / HTTP/1.1\r\n\r\n'],
      ['a nul', `\0HTTP/1.1 200 OK\r\n${EMPTY}`],
      ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ])('reads a status line of %s as malformed', async (_what, bytes) => {
      expect(await attempt(rawEnd(bytes))).toMatchObject({
        kind: 'failed',
        code: 'malformed_response',
        permanent: false,
        retryable: true,
      });
      expect(await attempt(subject.accepted)).toMatchObject({ kind: 'delivered' });
    });

    it.each<[string, ErrorCode, RegExp, Answer]>([
      ['of 70 KB', 'response_too_large', /64 KB/, answerWith(200, 'x'.repeat(70_000))],
      [
        'that breaks off',
        'connection_reset',
        /closed|not proper/,
        rawEnd('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nok'),
      ],
      ['with a broken chunk', 'malformed_response', /not proper/, rawEnd(`${CHUNKED}zz\r\nok\r\n`)],
      ['whose chunks break off', 'connection_reset', /closed/, rawEnd(`${CHUNKED}5\r\nok`)],
      [
        'with two lengths',
        'malformed_response',
        /not proper/,
        rawEnd('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nok'),
      ],
      [
        'with a length that is not a number',
        'malformed_response',
        /not proper/,
        rawEnd('HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\nok'),
      ],
      ['with a broken header', 'malformed_response', /not proper/, rawEnd('HTTP/1.1 200 OK\r\nno colon\r\n\r\n')],
      [
        'with headers of 100 KB',
        'response_too_large',
        /64 KB/,
        raw(`HTTP/1.1 200 OK\r\nx-big: ${'x'.repeat(100_000)}`),
      ],
      ['that is cut among its headers', 'connection_reset', /closed/, rawEnd('HTTP/1.1 200 OK\r\nserver: x\r\n')],
      [
        'that is reset',
        'connection_reset',
        /closed/,
        (_q, r, { socket }) => r.writeHead(200).write('x', () => setImmediate(() => socket.resetAndDestroy())),
      ],
    ])('notes what is wrong with a 200 %s', (_what, code, note, answer) => expectTaken(answer, code, note));

    it('knows how long the answer is where both length and chunks are given', async () => {
      const bytes = `HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`;
      if (subject.statusDecides) expect(await attempt(rawEnd(bytes))).toMatchObject({ kind: 'delivered' });
      expect(await attempt(subject.accepted)).toMatchObject({ kind: 'delivered' });
    });

    it('waits for no body of a 204, whatever length it names', async () => {
      const outcome = await attempt(raw('HTTP/1.1 204 No Content\r\ncontent-length: 20\r\n\r\n'));
      expect(outcome).toMatchObject({ statusCode: 204, responseBody: null });
      if (subject.statusDecides) expect(outcome.kind).toBe('delivered');
    });

    it.each<[string, string[]]>([
      ['a 100', ['HTTP/1.1 100 Continue\r\n\r\n']],
      ['a 100 with headers', ['HTTP/1.1 100 Continue\r\nx: y\r\n\r\n']],
      ['a 100 byte by byte', [...'HTTP/1.1 100 Continue\r\n\r\n']],
      ['a 100 of HTTP/1.0 with bare line feeds', ['HTTP/1.0 100\n\n']],
      ['twenty 100s', Array<string>(20).fill('HTTP/1.1 100 Continue\r\n\r\n')],
      [
        'all kinds',
        [
          'HTTP/1.1 102 x\r\n\r\nHTTP/1.1 1',
          '00 x\r',
          '\n\r\nHTTP/1.1 103 x\r\nlink: </a>\r\n\r',
          '\nHTTP/1.1 199 x\r\n\r\n',
        ],
      ],
      ['a 100 that closes', ['HTTP/1.1 100 x\r\nconnection: close\r\n\r\n']],
      ['a 100 that names a length', ['HTTP/1.1 100 x\r\ncontent-length: 5\r\n\r\n']],
    ])('reads past %s that nobody asked for', async (_what, notices) => {
      const late: Answer = (request, response, incoming) => {
        const [notice, ...rest] = notices;
        notices = rest;
        if (notice === undefined) return subject.accepted(request, response, incoming);
        incoming.socket.write(notice, () => setImmediate(() => late(request, response, incoming)));
      };
      expect(await attempt(late)).toMatchObject({ kind: 'delivered' });
    });

    it.each<[string, string, string]>([
      ['a status line', 'HTTP/1.1 503 ', 'x'],
      ['a line that is not HTTP', '', 'x'],
      ['empty lines', '', '\r\n'],
      ['notices', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
      ['one notice', 'HTTP/1.1 102 x\r\n', 'a: b\r\n'],
      ['headers', 'HTTP/1.1 503 x\r\n', 'a: b\r\n'],
      ['a header', 'HTTP/1.1 503 x\r\na: ', 'b'],
      ['a chunk extension', 'HTTP/1.1 503 x\r\ntransfer-encoding: chunked\r\n\r\n1;', 'x=y;'],
      ['chunk extensions', 'HTTP/1.1 503 x\r\ntransfer-encoding: chunked\r\n\r\n', `1;${'x'.repeat(1_000)}\r\na\r\n`],
      ['trailers', 'HTTP/1.1 503 x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'a: b\r\n'],
      ['a body', 'HTTP/1.1 503 x\r\n\r\n', 'x'],
    ])('takes little of %s without an end', async (_what, begin, part) => {
      await attempt(subject.accepted);
      const endless = repeated(begin, part, 100 * MB);
      const before = process.memoryUsage().rss;
      const outcome = failedOf(await attempt(endless.answer));
      await endless.closed;
      expect(['response_too_large', 'server_error', 'malformed_response']).toContain(outcome.code);
      expect(endless.sent()).toBeLessThan(20 * MB);
      expect(process.memoryUsage().rss - before).toBeLessThan(40 * MB);
    });

    it('asks once more, on a new connection, where a kept one is closed as it is used again', async () => {
      const ports: (number | undefined)[] = [];
      const closing =
        (how: Answer): Answer =>
        (request, response, incoming) => {
          ports.push(request.port);
          if (ports.indexOf(request.port) === ports.length - 1) subject.accepted(request, response, incoming);
          else how(request, response, incoming);
        };
      for (const how of [
        reset,
        (_request, _response, { socket }) => socket.end(),
        (_q, _r, { socket }) => socket.destroy(),
      ] satisfies Answer[]) {
        ports.length = 0;
        // It takes turns between two connections: each is used once, and closed the second time.
        for (let i = 0; i < 6; i += 1) expect(await attempt(closing(how))).toMatchObject({ kind: 'delivered' });
        expect(ports.length).toBeGreaterThan(6);
      }
    });

    it('does not ask again on a new connection, nor once a part of the answer came', async () => {
      const another = outbound();
      const fresh = subject.build(another, origin);
      const before = farEnd.seen.length;
      farEnd.answer = reset;
      expect(await fresh.attempt(buildAttemptRequest({ credentials }))).toMatchObject({ code: 'connection_reset' });
      expect(farEnd.seen.length - before).toBe(1);
      await another.close();
      for (let i = 0; i < 3; i += 1) await attempt(subject.accepted);
      const kept = farEnd.seen.length;
      expect(await attempt(rawEnd('HTTP/1.1'))).toMatchObject({ kind: 'failed' });
      expect(farEnd.seen.length - kept).toBe(1);
    });
  });
}

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
