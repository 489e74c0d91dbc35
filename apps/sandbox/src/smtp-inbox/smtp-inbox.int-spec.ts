import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../start-sandbox.suite.js';
import type { MailboxWithMails } from './mail.dto.js';
import { SmtpInbox } from './smtp-inbox.service.js';

let app: NestExpressApplication;
let origin: string;
let port: number;

beforeAll(async () => {
  ({ app, origin } = await startSandbox({ smtpPort: 0 }));
  port = app.get(SmtpInbox).port!;
});
afterEach(async () => {
  await behave({ mode: 'ok' });
  await fetch(`${origin}/api/mail`, { method: 'DELETE' });
});
afterAll(() => app.close());

const behave = (body: unknown): Promise<Response> =>
  fetch(`${origin}/api/mail/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const mailbox = async (query = ''): Promise<MailboxWithMails> =>
  (await fetch(`${origin}/api/mail${query}`)).json() as Promise<MailboxWithMails>;

const send = (changes: SendMailOptions = {}, auth?: { user: string; pass: string }): Promise<{ rejected: string[] }> =>
  createTransport({ host: '127.0.0.1', port, auth, socketTimeout: 300, greetingTimeout: 300 }).sendMail({
    from: 'Releases <releases@example.com>',
    to: 'ada@example.com',
    bcc: 'bob@example.com',
    subject: 'Größe 🚀',
    text: 'Hello\nthere',
    html: '<p>Hello</p>',
    ...changes,
  }) as Promise<{ rejected: string[] }>;

/** A conversation by hand: each line is sent when the one before is answered. */
async function talk(...lines: string[]): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  try {
    for (const line of ['', ...lines]) {
      if (line !== '') socket.write(line);
      do [answer] = (await once(socket, 'data')) as [string];
      while (/^\d{3}-/.test(answer.trimEnd().split('\r\n').at(-1)!));
    }
    return answer.trim();
  } finally {
    socket.destroy();
  }
}
const ENVELOPE = ['EHLO me\r\n', 'MAIL FROM:<a@example.com>\r\n', 'RCPT TO:<b@example.com>\r\n', 'DATA\r\n'];

describe('the mail inbox', () => {
  it('shows what it received', async () => {
    await send();
    const { items } = await mailbox();
    expect(items).toMatchObject([
      {
        from: 'releases@example.com',
        recipients: ['ada@example.com', 'bob@example.com'],
        subject: 'Größe 🚀',
        text: 'Hello\nthere',
        html: '<p>Hello</p>',
        headers: { from: 'Releases <releases@example.com>', to: 'ada@example.com' },
        answered: { mode: 'ok', statusCode: 250 },
      },
    ]);
    expect(items[0]!.raw).toMatch(/^From: Releases/m);
    expect(items[0]!.headers).not.toHaveProperty('bcc');
  });

  it('keeps the last 200 and counts all', async () => {
    const before = (await mailbox()).received;
    const transport = createTransport({ host: '127.0.0.1', port, pool: true });
    const mail = { from: 'a@example.com', to: 'b@example.com', text: 'x' };
    await Promise.all(Array.from({ length: 205 }, () => transport.sendMail(mail)));
    transport.close();
    const { received, items } = await mailbox();
    expect([received - before, items.length, items.at(-1)!.id]).toEqual([205, 200, received]);
    expect((await mailbox(`?since=${received - 1}`)).items).toHaveLength(1);
  });

  it.each([
    ['refuse-recipients', 550, []],
    ['busy', 451, []],
    ['rate-limited', 450, []],
    ['auth', 530, []],
    ['reject', 554, ['ada@example.com', 'bob@example.com']],
  ])('%s answers %i', async (mode, status, recipients) => {
    await behave({ mode });
    await expect(send()).rejects.toMatchObject({ responseCode: status });
    const [mail] = (await mailbox()).items;
    expect(mail).toMatchObject({ answered: { mode, statusCode: status } });
    if (recipients.length > 0) expect(mail).toMatchObject({ recipients, subject: 'Größe 🚀' });
  });

  it('auth refuses to sign in', async () => {
    const auth = { user: 'releases', pass: 'hunter2' };
    await send({}, auth);
    await behave({ mode: 'auth' });
    await expect(send({}, auth)).rejects.toMatchObject({ responseCode: 535 });
  });

  it('refuses some and takes the others', async () => {
    await behave({ mode: 'refuse-recipients', recipients: ['Bob@example.com'] });
    expect(await send()).toMatchObject({ rejected: ['bob@example.com'] });
    expect((await mailbox()).items.at(-1)).toMatchObject({ recipients: ['ada@example.com'] });
  });

  it.each([
    ['hang', 'ETIMEDOUT'],
    ['reset', 'ESOCKET'],
  ])('%s ends in %s', async (mode, code) => {
    await behave({ mode });
    await expect(send()).rejects.toMatchObject({ code });
    expect((await mailbox()).items).toMatchObject([{ answered: { mode, statusCode: null } }]);
  });

  it('drip begins an answer and does not end it', async () => {
    await behave({ mode: 'drip' });
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let said = '';
    socket.on('data', (text: string) => {
      said += text;
      if (text.startsWith('220')) socket.write('EHLO me\r\nMAIL FROM:<a@example.com>\r\n');
      if (said.includes('still at it')) socket.destroy();
    });
    await once(socket, 'close');
    expect(said).toMatch(/^250-still at it/m);
  });

  it('goes on after a client that breaks off amid its mail', async () => {
    expect(await talk(...ENVELOPE)).toMatch(/^354/);
    await send({ subject: 'The next one' });
    expect((await mailbox()).items[0]).toMatchObject({ subject: 'The next one' });
  });

  it('fails the next n and then works again', async () => {
    await behave({ mode: 'busy', times: 2 });
    for (let n = 0; n < 2; n += 1) await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    await send();
    expect((await mailbox()).behaviour).toEqual({ mode: 'ok', recipients: [], times: null });
  });

  it.each<[string, string[], RegExp]>([
    ['an address without a host', ['EHLO me\r\n', 'MAIL FROM:<a@example.com>\r\n', 'RCPT TO:<b>\r\n'], /^5/],
    ['a display name', ['EHLO me\r\n', 'MAIL FROM:Ada <a@example.com>\r\n'], /^501/],
    ['a bare LF', [...ENVELOPE, 'From: a@example.com\r\nDate: x\r\n\r\none\ntwo\r\n.\r\n'], /^554 5\.6\.0/],
    ['a mail without From', [...ENVELOPE, 'Date: x\r\n\r\none\r\n.\r\n'], /^554 5\.6\.0/],
    ['a header twice', [...ENVELOPE, 'From: a@x.y\r\nDate: x\r\nTo: b\r\nTo: c\r\n\r\n.\r\n'], /^554 5\.6\.0/],
    ['a mail over 1 MB', ['EHLO me\r\n', 'MAIL FROM:<a@example.com> SIZE=2000000\r\n'], /^552/],
  ])('refuses %s', async (_case, lines, answer) => {
    expect(await talk(...lines)).toMatch(answer);
  });

  it('refuses a mail that turns out to be over 1 MB', async () => {
    const long = `From: a@example.com\r\nDate: x\r\n\r\n${'x'.repeat(70)}\r\n`.replace(/x{70}\r\n$/, (line) =>
      line.repeat(16_000),
    );
    expect(await talk(...ENVELOPE, `${long}.\r\n`)).toMatch(/^552/);
  });

  it('streams what comes', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${origin}/api/mail/stream`, { signal: stop.signal });
    await send();
    let text = '';
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('Größe')) break;
    }
    stop.abort();
    expect(text).toContain('event: mail');
  });

  it.each([{ mode: 'explode' }, { mode: 'busy', times: 0 }, { mode: 'busy', recipients: 'a' }, { mode: 'ok', x: 1 }])(
    'refuses the behaviour %j',
    async (body) => {
      expect((await behave(body)).status).toBe(400);
    },
  );
});
