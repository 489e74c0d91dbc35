import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7, type DeliveryStatus } from '#libs/contracts';
import { buildLedgerEntry, type EntryOf } from '../ledger/build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type Answer, type CallInit, type LedgerApi } from '../ledger/ledger-api.suite.js';
import { QUEUE_CHANNEL } from '../ledger/queue-events.js';

const ORG = 'org-redelivery';

let api: LedgerApi;
let listener: Client;
const heard: string[] = [];

beforeAll(async () => {
  api = await startLedgerApi();
  listener = new Client({ connectionString: (api.dataSource.options as { url: string }).url });
  await listener.connect();
  await listener.query(`LISTEN ${QUEUE_CHANNEL}`);
  listener.on('notification', ({ payload }) => heard.push(payload!));
});
afterAll(async () => {
  await listener?.end();
  await api?.close();
});

async function recorded(of: EntryOf): Promise<string> {
  const entry = buildLedgerEntry({ organizationId: ORG, ...of });
  await api.ledger.record(entry);
  return entry.request.deliveryId;
}

const post = (path: string, body: unknown = {}, init: CallInit = {}): Promise<Answer> =>
  api.call(ORG, `/api/v1/deliveries/${path}`, { body, ...init });

interface State {
  status: string;
  round: number;
  round_attempts: number;
  queue: number | null;
  queue_position: string;
  next_attempt_at: Date | null;
}

async function state(id: string): Promise<State> {
  const [row] = await api.dataSource.query<State[]>(
    'SELECT status, round, round_attempts, queue, queue_position, next_attempt_at FROM deliveries WHERE id = $1',
    [id],
  );
  return row!;
}

interface Told {
  action: string;
  actor: { id: string; name: string };
  subject: Record<string, string>;
  changes: { field: string; after: string }[];
}

/** What is to be told of an integration, oldest first. */
async function told(integrationId: string): Promise<{ action: string; actor: string; what: string[] }[]> {
  const rows = await api.dataSource.query<{ value: string }[]>(
    `SELECT record->>'value' AS value FROM untold_activity WHERE record->>'value' LIKE $1 ORDER BY position`,
    [`%${integrationId}%`],
  );
  return rows
    .map(({ value }) => JSON.parse(value) as Told)
    .map(({ action, actor, changes }) => ({
      action,
      actor: actor.id,
      what: changes.map(({ field, after }) => `${field} ${after}`),
    }));
}

const QUEUED = { status: 'pending', round: 2, round_attempts: 0, queue: 2, queue_position: '0', next_attempt_at: null };

/** Which fields a refusal names. */
const fieldsOf = (body: unknown): Set<string> =>
  new Set((body as { errors: { field: string }[] }).errors.map(({ field }) => field));

describe('POST /api/v1/deliveries/{id}/redeliver', () => {
  it.each<DeliveryStatus>(['delivered', 'dead', 'held', 'dropped'])(
    'starts a new round for what is %s',
    async (status) => {
      const integrationId = makeKnown(api.integrations, ORG);
      const id = await recorded({ integrationId, status });
      expect(await post(`${id}/redeliver`)).toEqual({ status: 202, body: { count: 1 } });
      expect(await state(id)).toEqual(QUEUED);
      expect(await told(integrationId)).toEqual([
        {
          action: 'deliveries.redelivered',
          actor: 'user-1',
          what: ['messages 1', `statuses ${status}`, `delivery ${id}`, expect.stringMatching(/^about \S/)],
        },
      ]);
      await listener.query('SELECT 1'); // what was notified before has been heard now
      expect(heard).toContain(integrationId);
    },
  );

  it.each<DeliveryStatus>(['pending', 'retrying'])('refuses what is %s with 409', async (status) => {
    const integrationId = makeKnown(api.integrations, ORG);
    const id = await recorded({ integrationId, status });
    const before = await state(id);
    expect((await post(`${id}/redeliver`)).status).toBe(409);
    expect(await state(id)).toEqual(before);
    expect(await told(integrationId)).toEqual([]);
  });

  it('refuses what has lost its integration with 422, and what is unknown or another’s with 404', async () => {
    expect((await post(`${await recorded({ status: 'dead' })}/redeliver`)).status).toBe(422);
    expect((await post(`${uuidv7()}/redeliver`)).status).toBe(404);
    const foreign = await recorded({ organizationId: 'org-b', integrationId: makeKnown(api.integrations, 'org-b') });
    expect((await post(`${foreign}/redeliver`)).status).toBe(404);
  });

  it('refuses what goes to a disconnected destination with 409 and the reason, and keeps what it failed by', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const id = await recorded({ integrationId, status: 'dead' });
    const before = await state(id);
    await api.dataSource.query(
      `INSERT INTO destinations (integration_id, organization_id, health, drained_credentials_version) VALUES ($1, $2, 'needs_reconnect', 1)
       ON CONFLICT (integration_id) DO UPDATE SET health = 'needs_reconnect', drained_credentials_version = 1`,
      [integrationId, ORG],
    );
    for (const answer of [
      await post(`${id}/redeliver`),
      await post('redeliver', { integrationId, statuses: ['dead'] }),
    ])
      expect(answer).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/^a webhook is disconnected: .*Reconnect it/) as unknown },
      });
    expect(await state(id)).toEqual(before);
    await api.dataSource.query('UPDATE destinations SET drained_credentials_version = 2 WHERE integration_id = $1', [
      integrationId,
    ]);
    expect((await post(`${id}/redeliver`)).status).toBe(202); // other credentials than those that were refused
  });

  it('is for those who may redeliver, and of callers that race one wins', async () => {
    const id = await recorded({ integrationId: makeKnown(api.integrations, ORG), status: 'dead' });
    expect((await post(`${id}/redeliver`, {}, { role: 'viewer' })).status).toBe(403);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post(`${id}/redeliver`, {}, { role: 'developer' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
    expect((await state(id)).round).toBe(2);
  });
});

describe('POST /api/v1/deliveries/redeliver and /discard', () => {
  it('takes the statuses and the time that it is told, and neither tests nor other integrations', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const at = (hour: number): Date => new Date(`2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`);
    const wanted = [
      await recorded({ integrationId, status: 'dead', at: at(10) }),
      await recorded({ integrationId, status: 'held', at: at(11), attempt: null }),
    ];
    const others = [
      await recorded({ integrationId, status: 'delivered', at: at(10) }),
      await recorded({ integrationId, status: 'dead', at: at(9) }),
      await recorded({ integrationId, status: 'dead', at: at(12) }),
      await recorded({ integrationId, status: 'dead', at: at(10), test: true }),
      await recorded({ integrationId: makeKnown(api.integrations, ORG), status: 'dead', at: at(10) }),
    ];
    const body = {
      integrationId,
      statuses: ['dead', 'held'],
      since: '2026-11-20T10:00:00Z',
      until: '2026-11-20T12:00:00Z',
    };
    expect(await post('redeliver', body)).toEqual({ status: 202, body: { count: 2 } });
    expect(await post('redeliver', body)).toEqual({ status: 202, body: { count: 0 } });
    for (const id of wanted) expect(await state(id)).toEqual(QUEUED);
    for (const id of others) expect((await state(id)).round).toBe(1);
    expect(await told(integrationId)).toEqual([
      { action: 'deliveries.redelivered', actor: 'user-1', what: ['messages 2', 'statuses dead, held'] },
    ]);
  });

  it('takes only those that it is given, of the integration and with the status', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const [one, other, third] = [
      await recorded({ integrationId, status: 'dead' }),
      await recorded({ integrationId, status: 'dead' }),
      await recorded({ integrationId, status: 'held' }),
    ];
    const elsewhere = await recorded({ integrationId: makeKnown(api.integrations, ORG), status: 'dead' });
    const body = { integrationId, statuses: ['dead'], ids: [one, third, elsewhere] };
    expect(await post('redeliver', body)).toEqual({ status: 202, body: { count: 1 } });
    expect(await post('discard', { ...body, ids: [other] })).toEqual({ status: 202, body: { count: 1 } });
    expect(await state(one)).toEqual(QUEUED);
    expect(await state(other)).toMatchObject({ status: 'dropped', round: 1 });
    expect((await told(integrationId)).map(({ what }) => what)).toEqual([
      ['messages 1', 'statuses dead'],
      ['messages 1', 'statuses dead', `delivery ${other}`],
    ]);
    for (const id of [third, elsewhere]) expect(await state(id)).toMatchObject({ round: 1, queue: null });
  });

  it('gives each of many rows to one of the callers that race, over several chunks', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const first = await recorded({ integrationId, status: 'dead' });
    for (let from = 1; from <= 12_000; from += 1_000)
      await api.dataSource.query(
        `INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'event_at', d.event_at + i % 300 * interval '1 s',
           'event_type', CASE WHEN i % 2 = 0 THEN 'release.created' ELSE 'release.promoted' END))).*
         FROM deliveries d, generate_series($2::integer, $3::integer) i WHERE id = $1`,
        [first, from, from + 999],
      );
    const body = { integrationId, statuses: ['dead', 'delivered'] };
    const answers = await Promise.all([post('redeliver', body), post('redeliver', body), post('redeliver', body)]);
    const counts = answers.map(({ body: { count } }) => Number(count));
    expect(counts.reduce((sum, count) => sum + count)).toBe(12_001);
    const [row] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM deliveries WHERE integration_id = $1 AND round = 2 AND queue = 2`,
      [integrationId],
    );
    expect(row!.n).toBe(12_001);
  });

  it('discards what is dead or held, and counts it as dropped', async () => {
    const integrationId = makeKnown(api.integrations, ORG);
    const ids = [await recorded({ integrationId, status: 'dead' }), await recorded({ integrationId, status: 'held' })];
    expect(await post('discard', { integrationId, statuses: ['dead', 'held'] })).toEqual({
      status: 202,
      body: { count: 2 },
    });
    for (const id of ids) expect(await state(id)).toMatchObject({ status: 'dropped', round: 1, queue: null });
    const [row] = await api.dataSource.query<{ dropped: number }[]>(
      'SELECT sum(dropped)::int AS dropped FROM destination_minutes WHERE integration_id = $1',
      [integrationId],
    );
    expect(row!.dropped).toBe(2);
    expect(await told(integrationId)).toEqual([
      { action: 'deliveries.discarded', actor: 'user-1', what: ['messages 2', 'statuses dead, held'] },
    ]);
  });

  it.each<[string, number, string, string, unknown]>([
    ['what is in flight', 409, 'redeliver', 'statuses', ['dead', 'retrying']],
    ['what is in flight', 409, 'discard', 'statuses', ['pending']],
    ['what has ended', 422, 'discard', 'statuses', ['dead', 'delivered']],
    ['an unknown status', 400, 'redeliver', 'statuses', ['lost']],
    ['no status', 400, 'redeliver', 'statuses', []],
    ['a status that is no list', 400, 'discard', 'statuses', 'dead'],
  ])('refuses %s with %d on %s, naming %s', async (_case, status, path, field, statuses) => {
    const answer = await post(path, { integrationId: makeKnown(api.integrations, ORG), statuses });
    expect(answer.status).toBe(status);
    expect(fieldsOf(answer.body)).toEqual(new Set([field]));
  });

  it.each([
    ['redeliver', 'ids'],
    ['discard', 'ids'],
    ['discard', 'since'],
    ['redeliver', 'until'],
  ])('takes no null for all that there are: %s with %s', async (path, field) => {
    const integrationId = makeKnown(api.integrations, ORG);
    const answer = await post(path, { integrationId, statuses: ['dead'], [field]: null });
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer.body)).toEqual(new Set([field]));
  });

  it('refuses an integration that is unknown or another’s with 422, a viewer with 403, an unknown field with 400', async () => {
    const statuses = ['dead'];
    for (const integrationId of [uuidv7(), makeKnown(api.integrations, 'org-b')]) {
      const answer = await post('redeliver', { integrationId, statuses });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'integrationId' }] } });
    }
    const integrationId = makeKnown(api.integrations, ORG);
    expect((await post('discard', { integrationId, statuses }, { role: 'viewer' })).status).toBe(403);
    expect((await post('discard', { integrationId, statuses, all: true })).status).toBe(400);
  });
});
