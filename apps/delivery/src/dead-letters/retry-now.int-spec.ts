import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildLedgerEntry, type EntryOf } from '../ledger/build-ledger-entry.suite.js';
import {
  makeKnown,
  startLedgerApi,
  type Answer,
  type CallInit,
  type LedgerApi,
  type Refusal,
} from '../ledger/ledger-api.suite.js';

const ORG = 'org-retry-now';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const post = <T = Answer['body']>(body: unknown, init: CallInit = {}): Promise<Answer<T>> =>
  api.call<T>(ORG, '/api/v1/deliveries/retry-now', { body, ...init });

async function recorded(of: EntryOf, nextAttemptAt: Date | null = new Date(Date.now() + 60_000)): Promise<string> {
  const entry = buildLedgerEntry({ organizationId: ORG, status: 'retrying', ...of });
  await api.ledger.record({ ...entry, nextAttemptAt });
  return entry.request.deliveryId;
}

async function state(id: string): Promise<Record<string, unknown>> {
  const [row] = await api.dataSource.query<Record<string, unknown>[]>(
    'SELECT status, round, round_attempts, queue, next_attempt_at FROM deliveries WHERE id = $1',
    [id],
  );
  return row!;
}

const QUEUED = { status: 'pending', round: 1, round_attempts: 1, queue: 3, next_attempt_at: null };

describe('POST /api/v1/deliveries/retry-now', () => {
  it('queues the next try of what is retrying, in the same round, and nothing else', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const wanted = [await recorded({ integrationId }), await recorded({ integrationId })];
    const others = [
      await recorded({ integrationId }, new Date(Date.now() - 1_000)), // due already: its record is on its way
      await recorded({ integrationId, status: 'dead' }, null),
      await recorded({ integrationId, test: true }),
      await recorded({ integrationId: makeKnown(api.integrations, ORG) }),
    ];
    const before = await Promise.all(others.map(state));
    expect(await post({ integrationId })).toEqual({ status: 202, body: { count: 2 } });
    expect(await post({ integrationId })).toEqual({ status: 202, body: { count: 0 } });
    for (const id of wanted) expect(await state(id)).toEqual(QUEUED);
    expect(await Promise.all(others.map(state))).toEqual(before);
  });

  it('takes only those that it is given', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const [one, other] = [await recorded({ integrationId }), await recorded({ integrationId })];
    expect(await post({ integrationId, ids: [one, uuidv7()] })).toEqual({ status: 202, body: { count: 1 } });
    expect(await state(one)).toEqual(QUEUED);
    expect(await state(other)).toMatchObject({ status: 'retrying', queue: null });
  });

  it('refuses a disconnected destination with 409, one that is another’s with 422, a viewer with 403', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    await recorded({ integrationId });
    await api.dataSource.query(
      `INSERT INTO destinations (integration_id, organization_id, health, drained_credentials_version) VALUES ($1, $2, 'needs_reconnect', 1)
       ON CONFLICT (integration_id) DO UPDATE SET health = excluded.health, drained_credentials_version = 1`,
      [integrationId, ORG],
    );
    expect(await post({ integrationId })).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/^a webhook is disconnected/) as unknown },
    });
    expect((await post({ integrationId: makeKnown(api.integrations, 'org-b') })).status).toBe(422);
    expect((await post({ integrationId }, { role: 'viewer' })).status).toBe(403);
  });

  it.each<[string, unknown]>([
    ['no list', 'x'],
    ['an empty list', []],
    ['what is no id', ['7']],
    ['more than 100', Array.from({ length: 101 }, () => uuidv7())],
  ])('refuses %s as ids with 400', async (_case, ids) => {
    const answer = await post<Refusal>({ integrationId: makeKnown(api.integrations, ORG), ids });
    expect(answer.status).toBe(400);
    const { errors } = answer.body;
    expect(new Set(errors.map(({ field }) => field))).toEqual(new Set(['ids']));
  });
});
