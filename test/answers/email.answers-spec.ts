import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api, stack, type Delivery, type Integration } from '../e2e/support/api.js';
import { restartService } from '../support/control.js';

interface Mail {
  from: string;
  recipients: string[];
  subject: string;
  messageId: string;
  headers: Record<string, string>;
  text: string;
  html: string;
  answered: { mode: string; statusCode: number | null };
}

const behave = (behaviour: Record<string, unknown>): Promise<Response> =>
  fetch(`${stack().sandboxUrl}/api/mail/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(behaviour),
  });
async function mailsFor(recipient: string): Promise<Mail[]> {
  const response = await fetch(`${stack().sandboxUrl}/api/mail`);
  const { items } = (await response.json()) as { items: Mail[] };
  return items.filter(({ recipients }) => recipients.some((one) => one.toLowerCase() === recipient));
}

/** Recipients of an organization of its own, so that its mails are told from all others. */
async function connect(...names: string[]): Promise<{ api: Api; email: Integration; recipients: string[] }> {
  const api = await Api.signIn();
  const recipients = names.map((name) => `${name}@${api.organizationId}.example.com`);
  const body = { provider: 'email', name: 'Release mails', projectId: null, credentials: { recipients } };
  return { api, email: await api.must<Integration>('POST', '/integrations', body), recipients };
}
const onlyDelivery = async (api: Api): Promise<Delivery> =>
  eventually(async () => {
    const deliveries = await api.deliveries();
    expect(deliveries).toHaveLength(1);
    return deliveries[0]!;
  });

afterEach(() => behave({ mode: 'ok' }));

describe('email', () => {
  it('reaches every recipient with the whole story, and nobody sees the others', async () => {
    const { api, email, recipients } = await connect('ada', 'bob');
    expect(email.destination).toBe(`a…@${api.organizationId}.example.com +1`);
    const project = await api.project('NitroPush iOS');
    const release = await api.release(project.id, '1.0.5', {
      description: 'Größer & <b>faster</b> 🚀',
      mandatory: true,
    });
    const [mail] = await eventually(async () => {
      const mails = await mailsFor(recipients[0]!);
      expect(mails).toHaveLength(1);
      return mails as [Mail];
    });
    const [bobs] = await eventually(async () => {
      const mails = await mailsFor(recipients[1]!);
      expect(mails).toHaveLength(1);
      return mails as [Mail];
    });
    for (const { headers, html, text } of [bobs])
      expect(JSON.stringify([headers, html, text])).not.toContain(recipients[0]);
    expect(bobs.headers['list-unsubscribe']).not.toBe(mail.headers['list-unsubscribe']);
    expect(mail).toMatchObject({ from: 'releases@nitropush.localhost', recipients: [recipients[0]] });
    expect(mail.subject).toBe('NitroPush iOS 1.0.5 released to prod');
    const link = `${stack().gatewayUrl}/projects/${project.id}/releases/${release.id}`;
    for (const part of ['1.0.5', 'prod', 'Größer & <b>faster</b> 🚀', link]) expect(mail.text).toContain(part);
    expect(mail.html).toContain('Größer &amp; &lt;b&gt;faster&lt;/b&gt; 🚀');
    expect(mail.headers).toMatchObject({ to: recipients[0], 'auto-submitted': 'auto-generated' });
    const { id } = await onlyDelivery(api);
    expect(mail.headers['x-nitropush-delivery']).toBe(id);
    expect(mail.messageId).toBe(`<${id}@nitropush.localhost>`);
    await eventually(async () =>
      expect(await api.delivery(id)).toMatchObject({ status: 'delivered', attemptCount: 1 }),
    );
  });

  it('is tested while it is disabled', async () => {
    const { api, email, recipients } = await connect('ada');
    await api.must('PATCH', `/integrations/${email.id}`, { enabled: false });
    await api.must('POST', `/integrations/${email.id}/test`);
    await eventually(async () => expect((await mailsFor(recipients[0]!))[0]?.subject).toMatch(/^\[TEST\] /));
  });

  it('is tried again when the mail server is busy', async () => {
    const { api, recipients } = await connect('ada');
    const project = await api.project();
    await behave({ mode: 'busy', times: 1 });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await mailsFor(recipients[0]!)).toHaveLength(1));
    const { id } = await onlyDelivery(api);
    await eventually(async () => expect((await api.delivery(id)).status).toBe('delivered'));
    const { attempts } = await api.delivery(id);
    expect(attempts).toMatchObject([
      { outcome: 'failed', statusCode: 451, errorCode: 'rate_limited' },
      { outcome: 'delivered', statusCode: 250 },
    ]);
  });

  it('goes again to those alone who could not take it yet', async () => {
    const { api, recipients } = await connect('ada', 'bob');
    const project = await api.project();
    await behave({ mode: 'rate-limited', recipients: [recipients[1]], times: 1 });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect((await onlyDelivery(api)).status).toBe('delivered'));
    const taken = [...(await mailsFor(recipients[0]!)), ...(await mailsFor(recipients[1]!))].filter(
      ({ answered }) => answered.statusCode === 250,
    );
    expect(taken.map((mail) => mail.recipients)).toEqual([[recipients[0]], [recipients[1]]]);
    expect(new Set(taken.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it(
    'needs other recipients where nobody is known there; fresh ones get what was missed',
    { timeout: 400_000 },
    async () => {
      const { api, email, recipients } = await connect('ada');
      const project = await api.project();
      await behave({ mode: 'refuse-recipients', recipients });
      await api.release(project.id, '1.0.0');
      await eventually(async () => expect((await onlyDelivery(api)).status).toBe('dead'), {
        timeoutMs: 200_000,
        everyMs: 500,
      });
      await eventually(async () =>
        expect(await api.integration(email.id)).toMatchObject({ health: 'needs_reconnect', counts: { dead: 1 } }),
      );
      const { id } = await onlyDelivery(api);
      const shown = JSON.stringify(await api.delivery(id));
      expect(shown).toContain('550 5.1.1 <a…@');
      expect(shown).not.toContain(recipients[0]);
      const fresh = `bob@${api.organizationId}.example.com`;
      await api.must('PATCH', `/integrations/${email.id}`, { credentials: { recipients: [fresh] } });
      await eventually(async () => expect(await mailsFor(fresh)).toMatchObject([{ recipients: [fresh] }]));
      await eventually(async () => expect((await api.integration(email.id)).health).toBe('healthy'));
    },
  );

  it.each([[['ada@example.com\r\nBcc: eve@example.com']], [['Ada <ada@example.com>']], [[]]])(
    'refuses the recipients %j',
    async (recipients) => {
      const api = await Api.signIn();
      const body = { provider: 'email', name: 'x', projectId: null, credentials: { recipients } };
      expect(await api.call('POST', '/integrations', body)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'credentials.recipients' }] },
      });
    },
  );
});

describe('the link by which a recipient unsubscribes', () => {
  const linkIn = ({ headers }: Mail): string => /^<(.*)>$/.exec(headers['list-unsubscribe']!)![1]!;
  /** As a mail program does at one click (RFC 8058): no cookie, no token, a form. */
  const oneClick = (link: string): Promise<Response> =>
    fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  const nextMail = (recipient: string, count: number): Promise<Mail> =>
    eventually(async () => {
      const mails = await mailsFor(recipient);
      expect(mails).toHaveLength(count);
      return mails.at(-1)!;
    });

  it('takes that one off that integration at one click, for good', async () => {
    const { api, email, recipients } = await connect('ada', 'bob');
    const [ada, bob] = recipients as [string, string];
    const other = { provider: 'email', name: 'Other mails', projectId: null, credentials: { recipients: [ada] } };
    const project = await api.project();
    await api.release(project.id, '1.0.0');
    const mail = await nextMail(ada, 1);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const link = linkIn(mail);
    expect(mail.text).toContain(link);
    expect(link).toMatch(new RegExp(`^${stack().gatewayUrl}/`));
    expect(link).not.toContain('ada');
    for (const _twice of [1, 2]) {
      const answer = await oneClick(link);
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('You are unsubscribed')]);
    }
    await api.release(project.id, '1.1.0');
    await nextMail(bob, 2);
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(2));
    const { attempts } = await api.delivery((await api.deliveries())[0]!.id);
    expect(attempts[0]!.responseBody).toContain('Not sent to a…@');
    await api.must('PATCH', `/integrations/${email.id}`, { credentials: { recipients: [ada.toUpperCase(), bob] } });
    await api.must('POST', `/integrations/${email.id}/test`);
    await nextMail(bob, 3);
    expect(await mailsFor(ada)).toHaveLength(1);
    await api.must('POST', '/integrations', other);
    await api.release(project.id, '1.2.0');
    await nextMail(ada, 2);
  });

  it('shows a page with a button, and changes nothing before it is pressed', async () => {
    const { api, email, recipients } = await connect('ada');
    await api.must('POST', `/integrations/${email.id}/test`);
    const link = linkIn(await nextMail(recipients[0]!, 1));
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('<form method="post">');
    await api.must('POST', `/integrations/${email.id}/test`);
    await nextMail(recipients[0]!, 2);
  });

  it('cannot be made up', async () => {
    const { api, email, recipients } = await connect('ada', 'bob');
    await api.must('POST', `/integrations/${email.id}/test`);
    const [ada, bob] = [linkIn(await nextMail(recipients[0]!, 1)), linkIn(await nextMail(recipients[1]!, 1))];
    const { origin, searchParams } = new URL(ada);
    const [mine, others] = [searchParams.get('token')!, new URL(bob).searchParams.get('token')!];
    const made = ['', 'x', mine.slice(0, -1), `${mine}A`, mine.slice(0, 42) + others.slice(42), 'A'.repeat(64)];
    for (const token of made) {
      const address = `${origin}/mail/unsubscribe?token=${token}`;
      expect([(await fetch(address)).status, (await oneClick(address)).status]).toEqual([404, 404]);
    }
    expect((await oneClick(`${ada}&token=${mine}`)).status).toBe(404);
    expect((await fetch(ada, { method: 'DELETE' })).status).toBe(405);
    await api.must('POST', `/integrations/${email.id}/test`);
    await nextMail(recipients[1]!, 2);
  });

  it('holds where the service was restarted, and leaves a list without anybody disconnected', async () => {
    const { api, email, recipients } = await connect('ada');
    await api.must('POST', `/integrations/${email.id}/test`);
    const link = linkIn(await nextMail(recipients[0]!, 1));
    await restartService('delivery');
    expect((await oneClick(link)).status).toBe(200);
    await api.release((await api.project()).id, '1.0.0');
    await eventually(async () => expect((await onlyRelease(api)).status).toBe('dead'));
    const delivery = await onlyRelease(api);
    expect(delivery).toMatchObject({ lastErrorCode: 'destination_missing' });
    expect(delivery.lastError).toContain('Every recipient has unsubscribed');
    expect(await mailsFor(recipients[0]!)).toHaveLength(1);
  });

  const onlyRelease = async (api: Api): Promise<Delivery> =>
    eventually(async () => {
      const release = (await api.deliveries()).find(({ test }) => !test);
      expect(release).toBeDefined();
      return release!;
    });
});
