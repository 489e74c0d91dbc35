import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7, type Activity } from '#libs/contracts';
import { startIntegrations } from '../integrations-api.suite.js';
import { ActivityQueries, type ActivityFilter, type Place } from './activity.queries.js';

const DAY_MS = 86_400_000;

let api: Awaited<ReturnType<typeof startIntegrations>>;
let queries: ActivityQueries;
beforeAll(async () => {
  api = await startIntegrations();
  queries = new ActivityQueries(api.dataSource);
});
afterAll(() => api?.close());

const activity = (name: string, id = uuidv7()): Activity => ({
  id,
  organizationId: 'acme',
  at: new Date().toISOString(),
  actor: { id: 'ada', name: 'Ada' },
  action: 'project.created',
  subject: { kind: 'project', id: uuidv7(), name },
  projectId: null,
  changes: [],
});
it('is found by person, action, object and time, together', async () => {
  const { dataSource } = api;
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
  const done = (hour: number, actor: string, action: string): Activity => ({
    ...activity(`h${hour}`),
    organizationId: 'finders',
    at: at(hour).toISOString(),
    actor: { id: actor, name: actor },
    action,
  });
  await queries.keep([done(1, 'ada', 'a.b'), done(2, 'bob', 'a.b'), done(3, 'ada', 'c.d'), done(4, 'ada', 'a.b')]);
  const found = async (filter: ActivityFilter): Promise<string> =>
    (await new ActivityQueries(dataSource).list('finders', filter, undefined, 10)).map((one) => one.subjectName).join();
  expect(await found({})).toBe('h4,h3,h2,h1');
  expect(await found({ actorId: 'ada' })).toBe('h4,h3,h1');
  expect(await found({ since: at(2), until: at(4) })).toBe('h3,h2');
  expect(await found({ since: at(4) })).toBe('h4');
  expect(await found({ actorId: 'ada', action: 'a.b', until: at(4) })).toBe('h1');
});

it('is listed by when it was done, in whatever order it came, page by page', async () => {
  const { dataSource } = api;
  const done = (name: string, at: string): Activity => ({ ...activity(name), organizationId: 'late', at });
  await queries.keep([done('second', '2026-01-01T10:00:00.000200Z'), done('third', '2026-01-01T10:00:00.000100Z')]);
  await queries.keep([done('last', '2026-01-03T10:00:00Z'), done('first', '2026-01-01T09:00:00Z')]);
  const found: string[] = [];
  let before: Place | undefined;
  for (;;) {
    const [one] = await new ActivityQueries(dataSource).list('late', {}, before, 1);
    if (!one) break;
    found.push(one.subjectName);
    before = one;
  }
  expect(found).toEqual(['last', 'third', 'second', 'first']); // of one moment: the latest told comes first
});

const names = async (): Promise<string[]> =>
  (await queries.list('acme', {}, undefined, 10)).map(({ subjectName }) => subjectName);

it('is kept once, and deleted when it is old enough, a chunk at a time', async () => {
  const repeated = activity('1');
  await queries.keep([repeated, activity('2')]);
  await queries.keep([repeated, activity('3'), activity('4')]);
  expect(await names()).toEqual(['4', '3', '2', '1']);
  await api.dataSource.query(
    `UPDATE activity SET kept_at = now() - interval '2 days' WHERE subject_name IN ('1', '2', '3')`,
  );
  expect(await queries.deleteOld(3 * DAY_MS, 10)).toBe(0);
  expect(await queries.deleteOld(DAY_MS, 2)).toBe(2);
  expect(await queries.deleteOld(DAY_MS, 2)).toBe(1);
  expect(await names()).toEqual(['4']);
});
