import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAttemptRequest } from '../build-attempt-request.suite.js';
import type { AttemptOutcome } from '../provider.js';
import { EmailProvider } from './email.provider.js';
import { MailClient } from './mail-client.js';
import { mailServerSetting } from './mail-settings.js';
import { SmtpFarEnd } from './smtp-far-end.suite.js';

const FROM = { name: 'NitroPush', address: 'releases@nitropush.example' };
const USER = 'releases-user';
const PASSWORD = 'p@ss/w0rd+1';
const MB = 1024 * 1024;
const STEPS = ['hello', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', '.', 'RSET'];

describe('a mail server and odd answers', () => {
  const farEnd = new SmtpFarEnd();
  let client: MailClient;
  let provider: EmailProvider;

  beforeAll(async () => {
    const address = (await farEnd.start()).replace('://', `://${USER}:${encodeURIComponent(PASSWORD)}@`);
    client = new MailClient({ server: mailServerSetting(address), from: FROM, timeoutMs: 2_000 });
    provider = new EmailProvider(client);
  });
  afterEach(() => {
    client.close();
    farEnd.behave('accept');
    farEnd.forget();
  });
  afterAll(() => farEnd.stop());

  const attempt = (): Promise<AttemptOutcome> =>
    provider.attempt(buildAttemptRequest({ credentials: { recipients: ['ada.lovelace@example.com'] } }));
  const isOutcome = (outcome: AttemptOutcome): void => {
    expect(outcome).toMatchObject({ kind: 'failed', permanent: false, retryable: true });
    expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
  };

  // A server that does not know EHLO is asked with HELO; RSET only decides whether a kept connection is used.
  describe.each(STEPS.filter((step) => step !== 'RSET' && step !== 'EHLO'))('at %s', (step) => {
    it.each([
      'hello',
      'hello world',
      `who is ${PASSWORD}`,
      '\0\0\0',
      '99 x',
      '000 x',
      'HTTP/1.1 400 Bad Request',
      'x'.repeat(1_000),
      '-250 x',
    ])('are an outcome: %s', async (text) => {
      farEnd.sayAt(step, `${text}\r\n`);
      isOutcome(await attempt());
      client.close();
      farEnd.behave('accept');
      expect(await attempt()).toMatchObject({ kind: 'delivered' });
    });

    it('are malformed where they are no status', async () => {
      farEnd.sayAt(step, `hello ${PASSWORD}\r\n`);
      const outcome = await attempt();
      // A sign-in that is answered so is a matter of the sign-in.
      expect(outcome).toMatchObject({
        code: step === 'AUTH' ? 'client_error' : 'malformed_response',
        statusCode: null,
        error: expect.not.stringMatching(/\d/),
      });
      if (step !== 'hello') expect(outcome.responseBody).toContain('hello');
    });
  });

  it.each(STEPS.flatMap((step) => ['\r\n', 'x', '250-a\r\n', '250 a\r\n'].map((part) => [part, step] as const)))(
    'take little of %j without an end at %s',
    async (part, step) => {
      if (step === 'RSET') expect(await attempt()).toMatchObject({ kind: 'delivered' });
      farEnd.floodAt(step, part);
      const before = process.memoryUsage().rss;
      await attempt();
      expect(process.memoryUsage().rss - before).toBeLessThan(60 * MB);
    },
  );
});
