import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLedgerApi, type LedgerApi } from '../../ledger/ledger-api.suite.js';
import { MailBudget } from './mail-budget.service.js';

const MOST = 100;

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const budgetOf = (dataSource: Pick<DataSource, 'query'>, maxMailRecipientsPerHour = MOST): MailBudget =>
  new MailBudget(dataSource, { maxMailRecipientsPerHour });

/** Answers how many recipients were mailed to, one mail after another, until there is no more. */
async function spend(budget: MailBudget, organizationId: string, each: number): Promise<number> {
  let mailed = 0;
  while ((await budget.take(organizationId, each)) === null) mailed += each;
  return mailed;
}
const counted = async (organizationId: string): Promise<number> => {
  const [row] = await api.dataSource.query<[{ sum: number }]>(
    'SELECT coalesce(sum(recipients), 0)::int AS sum FROM mail_budgets WHERE organization_id = $1',
    [organizationId],
  );
  return row.sum;
};

describe('the recipients of an hour', () => {
  it.each([1, 3, 7, 50])('are no more than the limit, in mails to %i', async (each) => {
    const organizationId = randomUUID();
    expect(await spend(budgetOf(api.dataSource), organizationId, each)).toBe(MOST - (MOST % each));
    expect(await counted(organizationId)).toBeLessThanOrEqual(MOST);
  });

  it('are no more on many instances at once', async () => {
    const organizationId = randomUUID();
    const instances = Array.from({ length: 8 }, () => budgetOf(api.dataSource));
    const mailed = await Promise.all(instances.map((budget) => spend(budget, organizationId, 3)));
    const sum = mailed.reduce((all, one) => all + one);
    expect(sum).toBeLessThanOrEqual(MOST);
    expect(sum).toBeGreaterThan(MOST / 2);
    expect(await counted(organizationId)).toBeLessThanOrEqual(MOST);
  });

  it('are no more where many mails of one instance ask at once', async () => {
    const organizationId = randomUUID();
    const budget = budgetOf(api.dataSource);
    const asked = await Promise.all(Array.from({ length: 60 }, () => budget.take(organizationId, 5)));
    expect(asked.filter((until) => until === null)).toHaveLength(MOST / 5);
    const [until] = asked.filter((one) => one !== null);
    expect(until!.toISOString()).toMatch(/:00:00\.000Z$/);
  });

  it('do not ask the database for each mail', async () => {
    let queries = 0;
    const query: LedgerApi['dataSource']['query'] = (...given) => {
      queries += 1;
      return api.dataSource.query(...given);
    };
    const budget = budgetOf({ query }, 10_000);
    const organizationId = randomUUID();
    for (let n = 0; n < 1_000; n += 1) await budget.take(organizationId, 1);
    expect(queries).toBe(2);
  });

  it('have room again for those who were not mailed to', async () => {
    const organizationId = randomUUID();
    const budget = budgetOf(api.dataSource);
    for (let n = 0; n < 20; n += 1) {
      expect(await budget.take(organizationId, 50)).toBeNull();
      budget.giveBack(organizationId, 50);
    }
    expect(await spend(budget, organizationId, 10)).toBe(MOST);
  });

  it('are counted from the beginning in another hour, and of former ones nothing is kept', async () => {
    const organizationId = randomUUID();
    await spend(budgetOf(api.dataSource), organizationId, 10);
    await api.dataSource.query(`UPDATE mail_budgets SET hour = hour - interval '1 hour' WHERE organization_id = $1`, [
      organizationId,
    ]);
    expect(await spend(budgetOf(api.dataSource), organizationId, 10)).toBe(MOST);
    expect(await counted(organizationId)).toBe(MOST);
  });
});
