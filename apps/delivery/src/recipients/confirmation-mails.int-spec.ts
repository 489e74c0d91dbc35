import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import { ConfirmationMailsQueries } from './confirmation-mails.queries.js';
import { MailListsQueries, type ListedRecipient } from './mail-lists.queries.js';

let api: LedgerApi;
let mails: ConfirmationMailsQueries;
let lists: MailListsQueries;
beforeAll(async () => {
  api = await startLedgerApi();
  mails = new ConfirmationMailsQueries(api.dataSource);
  lists = new MailListsQueries(api.dataSource);
});
afterAll(() => api?.close());

const someone = (): ListedRecipient => ({ recipient: randomBytes(16), person: randomBytes(16) });
const list = (version = 1, id = uuidv7()) => ({ id, organizationId: 'org', version, credentialsVersion: version });
const isDue = async ({ person }: ListedRecipient): Promise<boolean> =>
  (await mails.due()).some((one) => one.person.equals(person));
const standing = async ({ person }: ListedRecipient): Promise<{ confirmed: boolean; asked: boolean; due: boolean }> => {
  const [row] = await api.dataSource.query<[{ confirmed: boolean; asked: boolean; due: boolean }]>(
    `SELECT confirmed_at IS NOT NULL AS confirmed, asked_at IS NOT NULL AS asked, due_at IS NOT NULL AS due
     FROM mail_confirmations WHERE person = $1`,
    [person],
  );
  return row;
};

describe('the right to ask somebody', () => {
  it('goes to one of many instances', async () => {
    const one = someone();
    await lists.take(list(), [one], true);
    const address = randomBytes(16);
    const claims = await Promise.all(Array.from({ length: 16 }, () => mails.claim(one.person, address)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await isDue(one)).toBe(false);
  });

  it('is given once an hour for an address, of however many organizations', async () => {
    const people = Array.from({ length: 8 }, someone);
    const address = randomBytes(16);
    for (const one of people) await lists.take(list(), [one], true);
    const claims = await Promise.all(people.map(({ person }) => mails.claim(person, address)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await api.dataSource.query(`UPDATE mail_asks SET asked_at = asked_at - interval '61 minutes'`);
    await api.dataSource.query(`UPDATE mail_confirmations SET due_at = now() WHERE due_at IS NOT NULL`);
    const later = await Promise.all(people.map(({ person }) => mails.claim(person, address)));
    expect(later.filter(Boolean)).toHaveLength(1);
  });

  it('comes back where the mail did not go, and where the process ended in between', async () => {
    const [refused, ended] = [someone(), someone()];
    await lists.take(list(), [refused, ended], true);
    const address = randomBytes(16);
    expect(await mails.claim(refused.person, address)).toBe(true);
    await mails.notAsked(refused.person, address);
    expect(await mails.claim(ended.person, randomBytes(16))).toBe(true);
    expect([await standing(refused), await standing(ended)]).toEqual([
      { confirmed: false, asked: false, due: true },
      { confirmed: false, asked: true, due: true },
    ]);
    await api.dataSource.query(`UPDATE mail_confirmations SET due_at = now()`);
    expect(await mails.claim(refused.person, address)).toBe(true);
  });

  it('is over once they have confirmed', async () => {
    const one = someone();
    await lists.take(list(), [one], true);
    await lists.confirm(one.person);
    expect(await mails.claim(one.person, randomBytes(16))).toBe(false);
    expect(await standing(one)).toEqual({ confirmed: true, asked: false, due: false });
  });
});

describe('a list that is taken in', () => {
  it('asks those who are new on it, and keeps who has confirmed', async () => {
    const [kept, gone, fresh] = [someone(), someone(), someone()];
    const id = uuidv7();
    await lists.take(list(1, id), [kept, gone], true);
    await lists.confirm(kept.person);
    await lists.take(list(2, id), [kept, fresh], true);
    expect((await lists.confirmed(id, [kept.person, fresh.person])).confirmed).toEqual([kept.person.toString('hex')]);
    expect(await isDue(fresh)).toBe(true);
    await mails
      .due()
      .then((due) => expect(due.find(({ person }) => person.equals(gone.person))?.integrationId).toBeNull());
  });

  it('is not undone by an older one that comes later, on this instance or another', async () => {
    const [now, before] = [someone(), someone()];
    const id = uuidv7();
    await lists.take(list(2, id), [now], true);
    await Promise.all(Array.from({ length: 4 }, () => lists.take(list(1, id), [before], true)));
    expect(await standing(before)).toBeUndefined();
    expect((await lists.confirmed(id, [])).version).toBe(2);
  });

  it('counts as confirmed where it is older than confirmations, at its first reading alone', async () => {
    const [old, later] = [someone(), someone()];
    const id = `01900000-0000-7000-8000-${randomBytes(6).toString('hex')}`; // of 2024
    await lists.take(list(1, id), [old], true);
    await lists.take(list(2, id), [old, later], true);
    expect([(await standing(old)).confirmed, (await standing(later)).confirmed]).toEqual([true, false]);
  });

  it('is forgotten with its integration', async () => {
    const one = someone();
    const id = uuidv7();
    await lists.take(list(1, id), [one], true);
    await lists.forget([id]);
    expect(await lists.versions([id])).toEqual(new Map());
    expect((await mails.due()).find(({ person }) => person.equals(one.person))?.integrationId).toBeNull();
  });
});
