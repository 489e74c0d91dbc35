import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAuthority, type IssuedCertificate } from '../support/certificates.js';
import { eventually } from '../support/eventually.js';
import { startMailServer, type MailServer, type MailServerWishes } from '../support/mail-server.js';
import { Api, type Delivery } from '../e2e/support/api.js';
import { restartService } from '../support/control.js';

const FROM = 'NitroPush <releases@mail.nitropush.example>';

let mailServer: MailServer;
let nobodys: IssuedCertificate;
beforeAll(async () => {
  mailServer = await startMailServer();
  nobodys = await (await makeAuthority('Nobody')).issue({ name: 'elsewhere.example', dns: ['elsewhere.example'] });
});
afterAll(async () => {
  await restartService('delivery');
  await mailServer.close();
});
beforeEach(() => {
  mailServer.mails.length = 0;
  mailServer.commands.length = 0;
});

const deliverThrough = (settings: Record<string, string> = {}, signIn = ''): Promise<void> =>
  restartService('delivery', {
    SMTP_URL: `smtp://${signIn}127.0.0.1:${mailServer.port}`,
    EMAIL_FROM: FROM,
    DELIVERY_RETRY_DELAYS: '1s,2s',
    ...settings,
  });

/** A release of an organization with one mailbox; answers its delivery once that is over. */
async function release(): Promise<Delivery> {
  const api = await Api.signIn();
  const credentials = { recipients: [`ada@${api.organizationId}.example.com`] };
  await api.must('POST', '/integrations', { provider: 'email', name: 'Mails', projectId: null, credentials });
  await api.release((await api.project()).id, '1.0.0');
  return eventually(async () => {
    const [delivery] = await api.deliveries();
    expect(delivery?.status).toMatch(/delivered|dead/);
    return delivery!;
  });
}

describe('a mail server that takes no client without a domain', () => {
  const insisting: MailServerWishes = {
    answer: (command) =>
      /^(EHLO|HELO)/i.test(command) && !/^.{5}([a-z\d-]+\.)+[a-z]{2,}$/i.test(command)
        ? '550 5.7.1 Invalid HELO name'
        : undefined,
  };

  it('is greeted by the domain of EMAIL_FROM', async () => {
    mailServer.wish(insisting);
    await deliverThrough();
    expect(await release()).toMatchObject({ status: 'delivered' });
    expect(mailServer.mails[0]!.greetedAs).toBe('mail.nitropush.example');
  });

  it('is greeted by the name that SMTP_EHLO_NAME gives', async () => {
    mailServer.wish(insisting);
    await deliverThrough({ SMTP_EHLO_NAME: 'out.nitropush.example' });
    expect(await release()).toMatchObject({ status: 'delivered' });
    expect(mailServer.mails[0]!.greetedAs).toBe('out.nitropush.example');
  });
});

describe('a mail server with a certificate that nobody trusts', () => {
  it('gets the mail over TLS, where no password is sent', async () => {
    mailServer.wish({ certificate: nobodys });
    await deliverThrough();
    expect(await release()).toMatchObject({ status: 'delivered' });
    expect(mailServer.mails).toMatchObject([{ secured: true }]);
  });

  it.each<[string, MailServerWishes]>([
    ['refuses STARTTLS', { answer: (command) => (command === 'STARTTLS' ? '454 4.7.0 TLS not available' : undefined) }],
    ['says nothing', { insteadOfTls: () => undefined }],
    ['closes the connection', { insteadOfTls: (socket) => socket.destroy() }],
    ['talks nonsense', { insteadOfTls: (socket) => void socket.write('this is no TLS\r\n'.repeat(10)) }],
  ])('gets the mail without TLS where it %s in the middle', async (_how, wishes) => {
    mailServer.wish({ certificate: nobodys, ...wishes });
    await deliverThrough();
    expect(await release()).toMatchObject({ status: 'delivered' });
    expect(mailServer.mails).toMatchObject([{ secured: false }]);
  });

  it('gets nothing where SMTP_TLS=require', async () => {
    mailServer.wish({ certificate: nobodys });
    await deliverThrough({ SMTP_TLS: 'require' });
    const delivery = await release();
    expect(delivery).toMatchObject({ status: 'dead', lastErrorCode: 'tls_failed' });
    expect(delivery.lastError).toContain('certificate');
    expect(mailServer.mails).toEqual([]);
  });

  it('gets neither mail nor password where there is one', async () => {
    mailServer.wish({ certificate: nobodys, signIn: true });
    await deliverThrough({}, 'ada:hunter2hunter2@');
    expect(await release()).toMatchObject({ status: 'dead', lastErrorCode: 'tls_failed' });
    expect([mailServer.mails.length, mailServer.commands.filter((one) => one.startsWith('AUTH')).length]).toEqual([
      0, 0,
    ]);
  });
});

describe('a mail server that greylists', () => {
  it.each(['451 4.7.1 Greylisted, try again later', '450 4.2.0 Greylisted', '421 4.7.0 Try again later'])(
    'with %s gets the mail by one later retry',
    async (said) => {
      let asked = 0;
      mailServer.wish({ answer: (command) => (command.startsWith('RCPT') && ++asked <= 3 ? said : undefined) });
      await deliverThrough({ MAIL_LATE_RETRY_DELAY: '4s' });
      const delivery = await release();
      expect(delivery).toMatchObject({ status: 'delivered', attemptCount: 4 });
      expect(asked).toBe(4);
    },
  );

  it('does not get it by one where the last retry failed otherwise', async () => {
    const port = await closedPort();
    await deliverThrough({ MAIL_LATE_RETRY_DELAY: '4s', SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(await release()).toMatchObject({ status: 'dead', attemptCount: 3, lastErrorCode: 'connection_refused' });
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
