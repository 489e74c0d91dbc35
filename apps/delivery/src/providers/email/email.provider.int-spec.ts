import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../../../test/support/eventually.js';
import { buildAttemptRequest } from '../build-attempt-request.suite.js';
import { ATTEMPT_TIMEOUT_MS, describeProvider, failedOf } from '../describe-provider.suite.js';
import type { AttemptOutcome, AttemptRequest } from '../provider.js';
import { EmailProvider } from './email.provider.js';
import { MailClient, mailClient } from './mail-client.js';
import { mailServerSetting } from './mail-settings.js';
import { SmtpFarEnd, type Answers } from './smtp-far-end.suite.js';

const FROM = { name: 'NitroPush', address: 'releases@nitropush.example' };
const ADA = 'ada.lovelace@example.com';
const BOB = 'bob@example.org';
const EVE = 'eve@example.net';
const PASSWORD = 'p@ss w0rd';

function clientAt(address: string, timeoutMs: number, signIn = ''): MailClient {
  const server = mailServerSetting(address.replace('://', `://${signIn}`));
  return new MailClient({ server, from: FROM, timeoutMs });
}

const clients = new Map<string, MailClient>();
const signIn = `releases-user:${encodeURIComponent(PASSWORD)}@`;

describeProvider('email', {
  farEnd: new SmtpFarEnd(),
  at: (address) => {
    const client = clients.get(address) ?? clientAt(address, ATTEMPT_TIMEOUT_MS, signIn);
    clients.set(address, client);
    return { provider: new EmailProvider(client), credentials: { recipients: [ADA] } };
  },
  nobody: 'smtp://127.0.0.1:1',
  secrets: [ADA, ADA.toUpperCase(), BOB, 'ada.lovelace', PASSWORD, Buffer.from(PASSWORD).toString('base64')],
  close: () => {
    for (const client of clients.values()) client.close();
    return Promise.resolve();
  },
});

describe('email', () => {
  const farEnd = new SmtpFarEnd();
  let client: MailClient;
  let provider: EmailProvider;

  beforeAll(async () => {
    client = clientAt(await farEnd.start(), 2_000);
    provider = new EmailProvider(client);
  });
  afterEach(() => {
    farEnd.behave('accept');
    farEnd.forget();
  });
  afterAll(async () => {
    client.close();
    await farEnd.stop();
  });

  const attempt = (answers: Answers, changes: Partial<AttemptRequest> = {}): Promise<AttemptOutcome> => {
    farEnd.answers = answers;
    return provider.attempt(buildAttemptRequest({ credentials: { recipients: [ADA, BOB, EVE] }, ...changes }));
  };
  const mailed = (): string[] => farEnd.mails.flatMap(({ to }) => to).sort();
  const refusing = (answer: string, ...addresses: string[]): Answers => ({
    recipient: (address) => (addresses.includes(address) ? answer : undefined),
  });

  it('is one mail to each recipient, who does not see the others', async () => {
    expect(await attempt({})).toMatchObject({ kind: 'delivered', statusCode: 250 });
    expect(mailed()).toEqual([ADA, BOB, EVE]);
    for (const { from, to, raw } of farEnd.mails) {
      expect(from).toBe(FROM.address);
      for (const other of [ADA, BOB, EVE]) expect(raw.includes(other)).toBe(to.includes(other));
    }
  });

  it('has one Message-ID on every attempt', async () => {
    const request = buildAttemptRequest();
    await attempt({ message: () => '451 later' }, request);
    const ids: string[] = [];
    const answers: Answers = { message: ({ raw }) => (ids.push(/^Message-ID: (.*)\r$/im.exec(raw)![1]!), '451 later') };
    for (const n of [1, 2]) await attempt(answers, { deliveryId: request.deliveryId, attempt: n });
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids)).toEqual(new Set([`<${request.deliveryId}@nitropush.example>`]));
  });

  it('names those who were refused, beside those who have it', async () => {
    const outcome = await attempt(refusing(`550 5.1.1 <${BOB}>: no such user`, BOB));
    expect(mailed()).toEqual([ADA, EVE]);
    expect(outcome).toMatchObject({ kind: 'delivered', statusCode: 250 });
    expect(outcome.responseBody).toContain('Not delivered to b…@example.org: 550 5.1.1 <b…@example.org>: no such user');
  });

  it('goes again to those alone who could not take it yet', async () => {
    const { deliveryId } = buildAttemptRequest();
    const first = failedOf(await attempt(refusing('450 4.2.0 greylisted', BOB), { deliveryId }));
    expect(first).toMatchObject({ code: 'rate_limited', statusCode: 450, permanent: false, retryable: true });
    expect(await attempt({}, { deliveryId, attempt: 2 })).toMatchObject({ kind: 'delivered' });
    expect(mailed()).toEqual([ADA, BOB, EVE]);
    expect(farEnd.mails.at(-1)!.to).toEqual([BOB]);
  });

  it('is delivered where those who were left are refused at last', async () => {
    const { deliveryId } = buildAttemptRequest();
    await attempt(refusing('450 4.2.0 greylisted', BOB), { deliveryId });
    const outcome = await attempt(refusing('550 5.1.1 no such user', BOB), { deliveryId, attempt: 2 });
    expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(outcome.responseBody).toContain('Not delivered to b…@example.org');
  });

  it('goes to the others where it is refused for one alone', async () => {
    const refused: Answers = { message: ({ to }) => (to.includes(BOB) ? '554 5.7.1 not wanted here' : undefined) };
    const outcome = await attempt(refused);
    expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(outcome.responseBody).toContain('Not delivered to b…@example.org: 554 5.7.1 not wanted here');
    expect(mailed()).toEqual([ADA, EVE]);
  });

  it('is tried with nobody else where the mail server does not take us', async () => {
    const many = Array.from({ length: 50 }, (_, n) => `p${n}@example.com`);
    const outcome = await attempt({ sender: '550 5.7.1 who are you' }, { credentials: { recipients: many } });
    expect(outcome).toMatchObject({ code: 'client_error', statusCode: 550 });
    expect(farEnd.calls()).toBeLessThan(10);
  });

  it('goes on with who is left where the time of one attempt was over', async () => {
    const slow = new SmtpFarEnd();
    const client = clientAt(await slow.start(), 1_000);
    const provider = new EmailProvider(client);
    const many = Array.from({ length: 12 }, (_, n) => `p${n}@example.com`);
    slow.delayMs = 400;
    const request = buildAttemptRequest({ credentials: { recipients: many } });
    const outcomes: string[] = [];
    for (let n = 1; outcomes.at(-1) !== 'delivered'; n += 1) {
      const outcome = await provider.attempt({ ...request, attempt: n });
      outcomes.push(outcome.kind === 'failed' ? outcome.code : outcome.kind);
    }
    expect(outcomes[0]).toBe('timeout');
    expect(new Set(slow.mails.flatMap(({ to }) => to))).toEqual(new Set(many));
    client.close();
    await slow.stop();
  });

  it('goes to everybody when it is delivered once more on purpose', async () => {
    const { deliveryId } = buildAttemptRequest();
    for (const round of [1, 2]) await attempt({}, { deliveryId, round });
    expect(mailed()).toEqual([ADA, ADA, BOB, BOB, EVE, EVE]);
  });

  it('is sent to nobody again where the recipients that are left were taken out', async () => {
    const { deliveryId } = buildAttemptRequest();
    await attempt(refusing('450 4.2.0 greylisted', BOB), { deliveryId });
    const outcome = await attempt({}, { deliveryId, attempt: 2, credentials: { recipients: [ADA, EVE] } });
    expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(mailed()).toEqual([ADA, EVE]);
  });

  it.each<[Answers, string, number, boolean, boolean]>([
    [{ greeting: '421 busy' }, 'rate_limited', 421, false, true],
    [{ greeting: '554 go away' }, 'client_error', 554, false, true],
    [{ sender: '530 sign in first' }, 'client_error', 530, false, true],
    [{ sender: '550 who is that' }, 'client_error', 550, false, true],
    [{ sender: '452 full' }, 'server_error', 452, false, true],
    [{ sender: '452 4.7.500 wait' }, 'rate_limited', 452, false, true],
    [{ recipient: () => '452 4.2.2 mailbox full' }, 'server_error', 452, false, true],
    [{ recipient: () => '550 unknown' }, 'destination_missing', 550, true, true],
    [{ recipient: () => '551 moved' }, 'destination_missing', 551, true, true],
    [{ recipient: () => '553 no such name' }, 'destination_missing', 553, true, true],
    [{ recipient: () => '450 greylisted' }, 'rate_limited', 450, false, true],
    [{ recipient: () => '554 refused' }, 'message_rejected', 554, false, false],
    [{ message: () => '421 closing' }, 'rate_limited', 421, false, true],
    [{ message: () => '451 later' }, 'rate_limited', 451, false, true],
    [{ message: () => '550 looks like spam' }, 'message_rejected', 550, false, false],
    [{ message: () => '552 too large' }, 'message_rejected', 552, false, false],
    [{ message: () => '554 rejected' }, 'message_rejected', 554, false, false],
  ])('%j is %s', async (answers, code, statusCode, permanent, retryable) => {
    farEnd.hangUp();
    expect(await attempt(answers)).toMatchObject({ kind: 'failed', code, statusCode, permanent, retryable });
    expect(await attempt({})).toMatchObject({ kind: 'delivered' });
  });

  it('says who has to act where our sign-in is not accepted, and shows nothing of it', async () => {
    const signing = clientAt(`smtp://127.0.0.1:${farEnd.port}`, 2_000, signIn);
    farEnd.answers = { auth: `535 5.7.8 not releases-user with ${PASSWORD}` };
    const request = buildAttemptRequest({ credentials: { recipients: [ADA] } });
    const outcome = failedOf(await new EmailProvider(signing).attempt(request));
    expect(outcome).toMatchObject({ code: 'client_error', statusCode: 535, permanent: false, retryable: true });
    expect(outcome.error).toContain('SMTP_URL');
    expect(outcome.responseBody).toBe('535 5.7.8 not [redacted] with [redacted]');
  });

  it('keeps its sign-in to itself where TLS is needed and not offered', async () => {
    const server = { ...mailServerSetting(`smtp://${signIn}127.0.0.1:${farEnd.port}`), requireTls: true };
    const insisting = new MailClient({ server, from: FROM, timeoutMs: 2_000 });
    const request = buildAttemptRequest({ credentials: { recipients: [ADA] } });
    expect(await new EmailProvider(insisting).attempt(request)).toMatchObject({ code: 'tls_failed', retryable: true });
    expect([farEnd.signIns, farEnd.mails.length]).toEqual([0, 0]);
  });

  it.each<[string, 'opportunistic' | 'require']>([
    ['smtp', 'require'],
    ['smtps', 'opportunistic'],
  ])('trusts no certificate of nobody’s over %s with SMTP_TLS=%s', async (scheme, mailTls) => {
    const untrusted = new SmtpFarEnd({ tls: scheme === 'smtps' ? 'at once' : 'offered' });
    const { port } = new URL(await untrusted.start());
    const mailServer = mailServerSetting(`${scheme}://127.0.0.1:${port}`);
    const request = buildAttemptRequest({ credentials: { recipients: [ADA] } });
    const outcome = await new EmailProvider(
      mailClient({ mailServer, mailSender: FROM, mailTls, deliveryTimeoutMs: 2_000 }),
    ).attempt(request);
    await untrusted.stop();
    expect(outcome).toMatchObject({ code: 'tls_failed', permanent: false, retryable: true });
    expect(untrusted.mails).toEqual([]);
  });

  it('has no header more, whatever was typed in', async () => {
    const headers = (): string[] =>
      farEnd.mails
        .at(-1)!
        .raw.split('\r\n\r\n')[0]!
        .match(/^[\w-]+(?=:)/gm)!;
    const request = buildAttemptRequest({ credentials: { recipients: [ADA, BOB] } });
    await provider.attempt(request);
    const usual = headers();
    const { project, release, actor } = request.event.data;
    for (const typed of [project, actor]) typed.name = 'iOS\r\nBcc: eve@example.net\r\n\r\n<script>';
    Object.assign(release, {
      version: '1.0\r\nBcc: eve@example.net',
      description: 'one\r\n.\r\nRCPT TO:<eve@example.net>',
    });
    expect(await provider.attempt({ ...request, deliveryId: '0193a5c0-0000-5000-8000-00000000000a' })).toMatchObject({
      kind: 'delivered',
    });
    expect(headers()).toEqual(usual);
    expect(mailed()).toEqual([ADA, ADA, BOB, BOB]);
  });

  it('fails with a clear sentence where no mail server is set up', async () => {
    const outcome = await new EmailProvider().attempt(buildAttemptRequest({ credentials: { recipients: [ADA] } }));
    expect(outcome).toMatchObject({ kind: 'failed', error: expect.stringContaining('SMTP_URL') as string });
  });

  it.each(['MAIL', 'RCPT', 'DATA', 'QUIT'])(
    'gives a mail server that drips at %s no more than its time',
    async (verb) => {
      const dripping = new SmtpFarEnd();
      const address = await dripping.start();
      dripping.dripAt(verb);
      const hurried = clientAt(address, ATTEMPT_TIMEOUT_MS);
      const request = buildAttemptRequest({ credentials: { recipients: [ADA] } });
      const outcome = await new EmailProvider(hurried).attempt(request); // it would drip for longer than the test may take
      hurried.close();
      expect(outcome).toMatchObject(verb === 'QUIT' ? { kind: 'delivered' } : { code: 'timeout', permanent: false });
      await eventually(() => expect(dripping.open).toBe(0));
      await dripping.stop();
    },
  );

  it('closes its connections when the service stops', async () => {
    const stop = new AbortController();
    await attempt({}, { signal: stop.signal });
    expect(farEnd.open).toBeGreaterThan(0);
    stop.abort();
    await eventually(() => expect(farEnd.open).toBe(0));
  });
});
