import { expect } from 'vitest';
import { Api, stack, type Delivery, type Integration } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { query } from '../support/databases.js';

export interface Mail {
  recipients: string[];
  subject: string;
  headers: Record<string, string>;
  text: string;
  html: string;
}
export interface Recipient {
  address: string;
  state: string;
  askedAt: string | null;
}
export type Email = Integration & { recipients: { total: number; unconfirmed: number; unsubscribed: number } | null };

async function mailsFor(recipient: string): Promise<Mail[]> {
  const response = await fetch(`${stack().sandboxUrl}/api/mail`);
  const { items } = (await response.json()) as { items: Mail[] };
  return items.filter(({ recipients }) => recipients.includes(recipient.toLowerCase()));
}
const isAsking = ({ subject }: Mail): boolean => subject.startsWith('Confirm that you want mails');
export const asks = async (recipient: string): Promise<Mail[]> => (await mailsFor(recipient)).filter(isAsking);
export const messages = async (recipient: string): Promise<Mail[]> =>
  (await mailsFor(recipient)).filter((mail) => !isAsking(mail));
export const asked = (recipient: string, times = 1): Promise<Mail> =>
  eventually(async () => {
    const mails = await asks(recipient);
    expect(mails).toHaveLength(times);
    return mails.at(-1)!;
  });
export const linkIn = ({ text }: Mail): string => /http\S+\/mail\/confirm\?token=\S+/.exec(text)![0];
export const press = (link: string): Promise<Response> => fetch(link, { method: 'POST' });

export const connect = (api: Api, recipients: string[], name = 'Release mails'): Promise<Email> =>
  api.must('POST', '/integrations', { provider: 'email', name, projectId: null, credentials: { recipients } });
export const email = (api: Api, { id }: Email): Promise<Email> => api.must('GET', `/integrations/${id}`);
export const statesOf = async (api: Api, { id }: Email): Promise<Record<string, string>> => {
  const { items } = await api.must<{ items: Recipient[] }>('GET', `/integrations/${id}/recipients`);
  return Object.fromEntries(items.map(({ address, state }) => [address.split('@')[0], state]));
};
export const deliveryOf = (api: Api, version: string, status: string): Promise<Delivery> =>
  eventually(async () => {
    const found = (await api.deliveries()).find((one) => one.version === version && !one.test);
    expect(found?.status).toBe(status);
    return found!;
  });
/** As if what happened so far were more than an hour ago. */
export const anHourLater = async (): Promise<void> => {
  await query('delivery', `UPDATE mail_confirmations SET asked_at = asked_at - interval '61 minutes'`, []);
  await query('delivery', 'DELETE FROM mail_asks', []);
};
/** Recipients of an organization of its own. */
export async function people(...names: string[]): Promise<{ api: Api; addresses: string[]; projectId: string }> {
  const api = await Api.signIn();
  const addresses = names.map((name) => `${name}@${api.organizationId}.example.com`);
  return { api, addresses, projectId: (await api.project()).id };
}
