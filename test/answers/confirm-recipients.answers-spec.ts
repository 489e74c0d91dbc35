import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, stack, type Delivery } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from '../console/support/console.js';
import { kill, restartService } from '../support/control.js';
import { query } from '../support/databases.js';
import {
  anHourLater,
  asked,
  asks,
  connect,
  deliveryOf,
  email,
  linkIn,
  messages,
  people,
  press,
  statesOf,
  type Email,
  type Recipient,
} from './mail-lists.js';

const ON = { EMAIL_CONFIRM_RECIPIENTS: 'true' };

beforeAll(() => restartService('delivery', ON));
afterAll(() => restartService('delivery'));

describe('a recipient who has not confirmed', () => {
  it('is asked once and gets nothing else; what nobody could get goes out once somebody confirms', async () => {
    const { api, addresses, projectId } = await people('ada', 'bob');
    const [ada, bob] = addresses as [string, string];
    const list = await connect(api, addresses, 'Cheap watches at https://spam.example');
    const mail = await asked(ada);
    await asked(bob);
    expect(JSON.stringify(mail)).not.toContain('spam.example');
    expect(mail.headers['list-unsubscribe']).toContain('/mail/unsubscribe?token=');
    for (const version of ['1.0.0', '1.1.0']) {
      await api.release(projectId, version);
      const dead = await deliveryOf(api, version, 'dead');
      expect(dead.lastError).toContain('Nobody on the list has confirmed yet');
    }
    expect(await email(api, list)).toMatchObject({
      health: 'failing',
      recipients: { total: 2, unconfirmed: 2, unsubscribed: 0 },
    });
    expect(await statesOf(api, list)).toEqual({ ada: 'unconfirmed', bob: 'unconfirmed' });

    const page = await fetch(linkIn(mail));
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await page.text()).toContain('<form method="post">');
    expect(await statesOf(api, list)).toEqual({ ada: 'unconfirmed', bob: 'unconfirmed' }); // a link scanner was there

    for (const _twice of [1, 2]) expect((await press(linkIn(mail))).status).toBe(200);
    for (const version of ['1.0.0', '1.1.0']) await deliveryOf(api, version, 'delivered');
    expect((await messages(ada)).map(({ subject }) => subject)).toHaveLength(2);
    expect(await messages(bob)).toEqual([]);
    const [{ id }] = (await api.deliveries()) as [Delivery];
    expect((await api.delivery(id)).attempts.at(-1)!.responseBody).toMatch(/Not sent to b…@\S+: has not confirmed yet/);
    expect(await email(api, list)).toMatchObject({ health: 'healthy', recipients: { unconfirmed: 1 } });

    await press(linkIn(await asked(bob)));
    await api.release(projectId, '1.2.0');
    await deliveryOf(api, '1.2.0', 'delivered');
    expect([(await messages(ada)).length, (await messages(bob)).length]).toEqual([3, 1]);
    expect([(await asks(ada)).length, (await asks(bob)).length]).toEqual([1, 1]);
  });

  it('gets no test either, and it says so at once', async () => {
    const { api, addresses } = await people('ada');
    const list = await connect(api, addresses);
    const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${list.id}/test`);
    await eventually(async () =>
      expect(await api.delivery(deliveryId)).toMatchObject({
        status: 'dead',
        lastError: expect.stringContaining('Nobody on the list has confirmed') as string,
      }),
    );
    expect(await messages(addresses[0]!)).toEqual([]);
  });

  it('confirms once for all lists of the organization, in whichever case, and for no other organization', async () => {
    const { api, addresses, projectId } = await people('ada');
    const [ada] = addresses as [string];
    await connect(api, [ada]);
    await press(linkIn(await asked(ada)));
    const second = await connect(api, [ada.toUpperCase()]);
    await eventually(async () => expect((await email(api, second)).recipients).toMatchObject({ unconfirmed: 0 }));
    await api.release(projectId, '1.0.0');
    await eventually(async () => expect(await messages(ada)).toHaveLength(2));
    expect(await asks(ada)).toHaveLength(1);

    const other = await Api.signIn();
    const theirs = await connect(other, [ada]);
    await eventually(async () => expect((await email(other, theirs)).recipients).toMatchObject({ unconfirmed: 1 }));
    await other.release((await other.project()).id, '9.0.0');
    await deliveryOf(other, '9.0.0', 'dead');
    const putOff = `SELECT 1 FROM mail_confirmations WHERE asked_at IS NULL AND due_at > now() + interval '30 minutes'`;
    await eventually(async () => expect(await query('delivery', putOff, [])).toHaveLength(1));
    expect(await asks(ada)).toHaveLength(1); // no address is asked twice within an hour, whoever asks
  });

  it('is asked again on demand, and by a save, but no more than once an hour', async () => {
    const { api, addresses } = await people('ada', 'bob');
    const [ada] = addresses as [string];
    const list = await connect(api, addresses);
    for (const address of addresses) await asked(address);
    const again = (): Promise<unknown> => api.must('POST', `/integrations/${list.id}/recipients/ask`);
    expect(await again()).toEqual({ count: 0, tooSoon: 2 });
    await api.must('PATCH', `/integrations/${list.id}`, { credentials: { recipients: addresses } });
    const taken = 'SELECT credentials_version AS version FROM mail_lists WHERE integration_id = $1';
    await eventually(async () => expect(await query('delivery', taken, [list.id])).toEqual([{ version: 2 }]));
    await anHourLater();
    expect(await again()).toEqual({ count: 2, tooSoon: 0 });
    for (const address of addresses) await asked(address, 2);
    await press(linkIn(await asked(ada, 2)));
    await anHourLater();
    expect(await again()).toEqual({ count: 1, tooSoon: 0 });
    await asked(addresses[1]!, 3);
    expect(await asks(ada)).toHaveLength(2);
  });

  it('who unsubscribes by the mail that asks is not asked again, and is shown so', async () => {
    const { api, addresses } = await people('ada', 'bob');
    const [ada] = addresses as [string];
    const list = await connect(api, addresses);
    const mail = await asked(ada);
    const link = /^<(.*)>$/.exec(mail.headers['list-unsubscribe']!)![1]!;
    expect((await press(link)).status).toBe(200);
    expect(await statesOf(api, list)).toEqual({ ada: 'unsubscribed', bob: 'unconfirmed' });
    expect((await email(api, list)).recipients).toEqual({ total: 2, unconfirmed: 1, unsubscribed: 1 });
    await asked(addresses[1]!);
    await anHourLater();
    expect(await api.must('POST', `/integrations/${list.id}/recipients/ask`)).toEqual({ count: 1, tooSoon: 0 });
    await asked(addresses[1]!, 2);
    expect(await asks(ada)).toHaveLength(1);
    const { items } = await api.must<{ items: Recipient[] }>('GET', `/integrations/${list.id}/recipients`);
    const others = items.filter(({ state }) => state !== 'unsubscribed').map(({ address }) => address);
    await api.must('PATCH', `/integrations/${list.id}`, { credentials: { recipients: others } });
    await eventually(async () =>
      expect((await email(api, list)).recipients).toEqual({ total: 1, unconfirmed: 1, unsubscribed: 0 }),
    );
  });

  it('gets what it missed where the service was killed right after', async () => {
    const { api, addresses, projectId } = await people('ada');
    await connect(api, addresses);
    const link = linkIn(await asked(addresses[0]!));
    await api.release(projectId, '1.0.0');
    await deliveryOf(api, '1.0.0', 'dead');
    await Promise.all([press(link), kill('delivery')].map((one) => one.catch(() => undefined)));
    await eventually(async () => expect((await press(link)).status).toBe(200), { timeoutMs: 100_000 });
    await eventually(async () => expect(await messages(addresses[0]!)).toHaveLength(1), { timeoutMs: 100_000 });
    await restartService('delivery', ON);
  });
});

describe('the console', () => {
  it('says how many have not confirmed, who they are, and sends to them again', async () => {
    const { api, addresses } = await people('ada', 'bob');
    const [ada, bob] = addresses as [string, string];
    await connect(api, addresses);
    await press(linkIn(await asked(ada)));
    await asked(bob);
    const page = await openConsole(api, PHONE);
    await page.getByText('1 of 2 recipients has not confirmed yet').first().click();
    const recipients = page.getByRole('region', { name: 'Recipients' });
    await recipients.getByText('Not confirmed', { exact: true }).waitFor();
    await recipients.getByText(bob).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('No mail was sent. 1 was asked less than an hour ago.').waitFor();
    await anHourLater();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Sent to 1.').waitFor();
    await press(linkIn(await asked(bob, 2)));
    await page.reload();
    await page.getByText('Release mails').first().waitFor();
    await page.getByText('not confirmed yet').waitFor({ state: 'detached' });
  });

  it('shows the number alone to who may not change integrations', async () => {
    const { api, addresses } = await people('ada');
    await connect(api, addresses);
    await asked(addresses[0]!);
    const page = await openConsole(await Api.signIn('viewer', api.organizationId));
    await page.getByText('1 of 1 recipient has not confirmed yet').waitFor();
    expect(await page.getByRole('button', { name: 'Recipients of Release mails' }).count()).toBe(0);
    await expectAccessible(page);
  });
});

describe('the page by which a recipient confirms', () => {
  it('takes no link that was made up, or is for something else', async () => {
    const { api, addresses } = await people('ada', 'bob');
    const list = await connect(api, addresses);
    const [ada, bob] = [await asked(addresses[0]!), await asked(addresses[1]!)];
    const { origin, searchParams } = new URL(linkIn(ada));
    const [mine, others] = [searchParams.get('token')!, new URL(linkIn(bob)).searchParams.get('token')!];
    const unsubscribe = new URL(/^<(.*)>$/.exec(ada.headers['list-unsubscribe']!)![1]!).searchParams.get('token')!;
    const made = [
      '',
      'x',
      mine.slice(1),
      `${mine}A`,
      mine.slice(0, 22) + others.slice(22),
      unsubscribe,
      'A'.repeat(43),
    ];
    for (const token of made) {
      const address = `${origin}/mail/confirm?token=${token}`;
      expect([(await fetch(address)).status, (await press(address)).status]).toEqual([404, 404]);
    }
    expect((await press(`${linkIn(ada)}&token=${mine}`)).status).toBe(404);
    expect((await press(`${origin}/mail/unsubscribe?token=${mine}`)).status).toBe(404);
    expect(await statesOf(api, list)).toEqual({ ada: 'unconfirmed', bob: 'unconfirmed' });
  });
});

describe('recipients', () => {
  it('are shown to those who may change them, and masked to everybody else of their organization', async () => {
    const { api, addresses } = await people('ada');
    const list = await connect(api, addresses);
    await eventually(async () => expect((await email(api, list)).recipients).toMatchObject({ total: 1 }));
    for (const role of ['viewer', 'developer'] as const) {
      const other = await Api.signIn(role, api.organizationId);
      expect(await other.must('GET', `/integrations/${list.id}/recipients`)).toMatchObject({
        items: [{ address: addresses[0]!.replace(/^(.)[^@]*/, '$1…'), state: 'unconfirmed' }],
      });
      expect((await other.call('POST', `/integrations/${list.id}/recipients/ask`)).status).toBe(403);
      expect(JSON.stringify(await email(other, list))).not.toContain(addresses[0]);
      expect((await email(other, list)).recipients).toMatchObject({ total: 1, unconfirmed: 1 });
    }
    const stranger = await Api.signIn();
    expect((await stranger.call('GET', `/integrations/${list.id}/recipients`)).status).toBe(404);
    expect((await stranger.call('POST', `/integrations/${list.id}/recipients/ask`)).status).toBe(404);
    const hook = await api.webhook(`${stack().sandboxUrl}/inboxes/x`);
    expect((await api.call('GET', `/integrations/${hook.id}/recipients`)).status).toBe(422);
    expect((await api.integration(hook.id)) as Email).toMatchObject({ recipients: null });
  });

  it('of lists from before there were confirmations count as confirmed, also where the service was stopped meanwhile', async () => {
    const { api, addresses, projectId } = await people('ada', 'bob');
    const list = await connect(api, [addresses[0]!]);
    await asked(addresses[0]!);
    await restartService('delivery', ON, { ready: true });
    // as a build without confirmations leaves it
    for (const table of ['mail_lists', 'mail_confirmations', 'mail_asks'])
      await query('delivery', `DELETE FROM ${table}`, []);
    await query('delivery', `UPDATE mail_confirmation_start SET began_at = now() + interval '1 second'`, []);
    await restartService('delivery', ON);
    await eventually(async () =>
      expect((await email(api, list)).recipients).toEqual({ total: 1, unconfirmed: 0, unsubscribed: 0 }),
    );
    await api.release(projectId, '1.0.0');
    await deliveryOf(api, '1.0.0', 'delivered');
    await api.must('PATCH', `/integrations/${list.id}`, { credentials: { recipients: addresses } });
    await asked(addresses[1]!);
    expect(await statesOf(api, list)).toEqual({ ada: 'active', bob: 'unconfirmed' });
    expect(await asks(addresses[0]!)).toHaveLength(1);
  });

  it('of lists that were saved while nobody had to confirm count as confirmed', async () => {
    await restartService('delivery', {});
    const { api, addresses, projectId } = await people('ada');
    const list = await connect(api, addresses);
    await eventually(async () =>
      expect((await email(api, list)).recipients).toEqual({ total: 1, unconfirmed: 0, unsubscribed: 0 }),
    );
    await restartService('delivery', ON);
    await api.release(projectId, '1.0.0');
    await deliveryOf(api, '1.0.0', 'delivered');
    expect(await asks(addresses[0]!)).toEqual([]);
  });
});
