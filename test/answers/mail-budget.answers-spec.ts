import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api, type Delivery } from '../e2e/support/api.js';
import { restartService } from '../support/control.js';
import { query } from '../support/databases.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';

const LIMIT = { MAX_MAIL_RECIPIENTS_PER_HOUR: '50' };

let mailServer: MailServer;
let settings: Record<string, string>;
beforeAll(async () => {
  mailServer = await startMailServer();
  settings = {
    ...LIMIT,
    SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
    EMAIL_FROM: 'NitroPush <releases@nitropush.example>',
  };
  await restartService('delivery', settings);
});
afterAll(async () => {
  await restartService('delivery');
  await mailServer.close();
});

const HOUR_MS = 60 * 60_000;
const hourNow = (): number => Math.floor(Date.now() / HOUR_MS);

/** An hour that ends in the middle of a story begins the count again: such a story is told once more, in the new hour. */
async function inOneHour(story: () => Promise<void>): Promise<void> {
  const hour = hourNow();
  try {
    await story();
  } catch (error) {
    if (hourNow() === hour) throw error;
    await story();
  }
}

/** An organization with one list of 30 people. */
async function connect(): Promise<{ api: Api; integrationId: string; project: string; mailed: () => number }> {
  const api = await Api.signIn();
  const recipients = Array.from({ length: 30 }, (_, n) => `p${n}@${api.organizationId}.example.com`);
  const body = { provider: 'email', name: 'Everybody', projectId: null, credentials: { recipients } };
  const { id } = await api.must<{ id: string }>('POST', '/integrations', body);
  const own = (address: string): boolean => address.includes(api.organizationId);
  const mailed = (): number => mailServer.mails.flatMap((mail) => mail.recipients).filter(own).length;
  return { api, integrationId: id, project: (await api.project()).id, mailed };
}
const ended = (api: Api, version: string): Promise<Delivery & { nextAttemptAt: string | null }> =>
  eventually(async () => {
    const delivery = (await api.deliveries()).find((one) => one.version === version);
    expect(delivery?.status).toMatch(/delivered|dead|retrying/);
    return delivery as Delivery & { nextAttemptAt: string | null };
  });

describe('more recipients in an hour than an organization may mail to', () => {
  it('get their mail in the next hour, and the delivery says so', { timeout: 800_000 }, () =>
    inOneHour(async () => {
      const { api, project, mailed } = await connect();
      await api.release(project, '1.0.0');
      expect(await ended(api, '1.0.0')).toMatchObject({ status: 'delivered' });
      await api.release(project, '1.1.0');
      const putOff = await ended(api, '1.1.0');
      expect(putOff).toMatchObject({ status: 'retrying', attemptCount: 0, lastErrorCode: 'rate_limited' });
      expect(putOff.lastError).toContain('MAX_MAIL_RECIPIENTS_PER_HOUR');
      expect(putOff.nextAttemptAt).toMatch(/T\d\d:00:00\.000Z$/);
      expect(Date.parse(putOff.nextAttemptAt!)).toBeGreaterThan(Date.now());
      expect(mailed()).toBe(30);

      await query('delivery', `UPDATE mail_budgets SET hour = hour - interval '1 hour' WHERE organization_id = $1`, [
        api.organizationId,
      ]);
      await query('delivery', `UPDATE deliveries SET next_attempt_at = now() - interval '2 minutes' WHERE id = $1`, [
        putOff.id,
      ]);
      await restartService('delivery', settings); // what it remembers of the hour goes with it
      await eventually(async () => expect((await api.delivery(putOff.id)).status).toBe('delivered'), {
        timeoutMs: 200_000,
      });
      expect(mailed()).toBe(60);
      expect(await api.delivery(putOff.id)).toMatchObject({ attemptCount: 1 });
    }),
  );

  it('do not get a test either, and it says so at once', () =>
    inOneHour(async () => {
      const { api, integrationId, mailed } = await connect();
      const test = async (): Promise<Delivery> => {
        const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${integrationId}/test`);
        return eventually(async () => {
          const delivery = await api.delivery(deliveryId);
          expect(delivery.status).toMatch(/delivered|dead/);
          return delivery;
        });
      };
      expect(await test()).toMatchObject({ status: 'delivered' });
      expect(await test()).toMatchObject({ status: 'dead', lastErrorCode: 'rate_limited' });
      expect(mailed()).toBe(30);
    }));

  it('are no reason to hold back the mails of another organization', () =>
    inOneHour(async () => {
      const [one, other] = [await connect(), await connect()];
      await one.api.release(one.project, '1.0.0');
      expect(await ended(one.api, '1.0.0')).toMatchObject({ status: 'delivered' });
      await other.api.release(other.project, '1.0.0');
      expect(await ended(other.api, '1.0.0')).toMatchObject({ status: 'delivered' });
    }));
});
