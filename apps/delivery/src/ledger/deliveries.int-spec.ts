import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES, ENVIRONMENTS, EVENT_TYPES, isAlert, projectIdOf, uuidv7 } from '#libs/contracts';
import { buildLedgerEntry, nextEntry } from './build-ledger-entry.suite.js';
import type { LedgerEntry } from './ledger-entry.js';
import { makeKnown, startLedgerApi, type LedgerApi, type Page, type Refusal } from './ledger-api.suite.js';

const HOUR = 3_600_000;
const BASE = Date.now() - 100 * HOUR;

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

async function pages(organizationId: string, query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { status, body } = await api.call<Page>(organizationId, `/api/v1/deliveries?limit=3${query}${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.items.map(({ id }) => String(id)));
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  return ids;
}

describe('GET /api/v1/deliveries', () => {
  const integrations = [uuidv7(), uuidv7()];
  const projects = [uuidv7(), uuidv7()];
  const entries: LedgerEntry[] = [];

  beforeAll(async () => {
    for (let i = 0; i < 40; i++)
      entries.push(
        buildLedgerEntry({
          organizationId: 'org-list',
          integrationId: integrations[i % 2]!,
          projectId: projects[i % 3 === 0 ? 0 : 1]!,
          status: DELIVERY_STATUSES[i % 6]!,
          eventType: EVENT_TYPES[i % 3]!,
          version: `1.${i % 4}.${i % 12}`,
          environment: ENVIRONMENTS[i % 3]!,
          test: i % 5 === 0,
          at: new Date(BASE + Math.floor(i / 2) * HOUR), // two of each time: the id decides between them
        }),
      );
    await Promise.all([
      ...entries.map((entry) => api.ledger.record(entry)),
      ...integrations.map((integrationId) =>
        api.ledger.record(buildLedgerEntry({ organizationId: 'org-other', integrationId })),
      ),
    ]);
  });

  const expected = (matches: (entry: LedgerEntry) => boolean): string[] =>
    entries
      .filter(matches)
      .map(({ request }) => ({ id: request.deliveryId, time: request.event.time }))
      .sort((a, b) => b.time.localeCompare(a.time) || b.id.localeCompare(a.id))
      .map(({ id }) => id);

  const releaseOf = ({ request: { event } }: LedgerEntry) => (isAlert(event) ? undefined : event.data.release);
  const since = new Date(BASE + 5 * HOUR).toISOString();
  const until = new Date(BASE + 15 * HOUR).toISOString();
  it.each<[string, (entry: LedgerEntry) => boolean]>([
    ['', () => true],
    [`&integrationId=${integrations[0]}`, (e) => e.request.integrationId === integrations[0]],
    [`&projectId=${projects[0]}`, (e) => projectIdOf(e.request.event) === projects[0]],
    ['&status=dead', (e) => e.status === 'dead'],
    ['&status=delivered', (e) => e.status === 'delivered'],
    ['&eventType=release.promoted', (e) => e.request.event.type === 'release.promoted'],
    [`&since=${since}`, (e) => e.request.event.time >= since],
    [`&since=${since}&until=${until}`, (e) => e.request.event.time >= since && e.request.event.time < until],
    [
      `&integrationId=${integrations[1]}&status=held&eventType=release.promoted`,
      (e) =>
        e.request.integrationId === integrations[1] &&
        e.status === 'held' &&
        e.request.event.type === 'release.promoted',
    ],
    [
      `&integrationId=${integrations[0]}&projectId=${projects[1]}`,
      (e) => e.request.integrationId === integrations[0] && projectIdOf(e.request.event) === projects[1],
    ],
    [`&integrationId=${uuidv7()}`, () => false],
    ['&test=false', (e) => !e.request.test],
    ['&test=true', (e) => e.request.test],
    ['&environment=stage', (e) => releaseOf(e)?.environment === 'stage'],
    ['&version=1.1.', (e) => releaseOf(e)!.version.startsWith('1.1.')],
    ['&version=1.1.1', (e) => releaseOf(e)!.version.startsWith('1.1.1')],
    ['&version=2', () => false],
    ['&version=%25', () => false],
    [
      `&version=1.2&environment=prod&test=false&status=delivered&integrationId=${integrations[0]}`,
      (e) =>
        releaseOf(e)!.version.startsWith('1.2') &&
        releaseOf(e)!.environment === 'prod' &&
        !e.request.test &&
        e.status === 'delivered' &&
        e.request.integrationId === integrations[0],
    ],
    [
      `&version=1.&eventType=release.promoted&projectId=${projects[1]}&since=${since}&until=${until}`,
      (e) =>
        e.request.event.type === 'release.promoted' &&
        projectIdOf(e.request.event) === projects[1] &&
        e.request.event.time >= since &&
        e.request.event.time < until,
    ],
  ])('pages through what matches "%s", newest first, each once', async (query, matches) => {
    expect(await pages('org-list', query)).toEqual(expected(matches));
  });

  it('shows nothing of another organization', async () => {
    expect(await pages('org-nobody', '')).toEqual([]);
    expect(await pages('org-other', `&integrationId=${integrations[0]}`)).toHaveLength(1);
  });

  it.each([
    ['status=lost', 'status'],
    ['eventType=release.deleted', 'eventType'],
    ['integrationId=7', 'integrationId'],
    ['projectId=x', 'projectId'],
    ['since=yesterday', 'since'],
    ['since=2026-11-23T10:00:00', 'since'],
    ['until=0000-01-01T00:00:00Z', 'until'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=abc', 'cursor'],
    [`cursor=${Buffer.from('["9e99","1"]').toString('base64url')}`, 'cursor'],
    ['colour=red', 'colour'],
    ['status=dead&status=held', 'status'],
    ['environment=qa', 'environment'],
    ['test=maybe', 'test'],
    ['test=', 'test'],
    ['version=', 'version'],
    [`version=${'1'.repeat(65)}`, 'version'],
    ['version=1%00', 'version'],
  ])('refuses %s and names %s', async (query, field) => {
    const { status, body } = await api.call<Refusal>('org-list', `/api/v1/deliveries?${query}`);
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.field)).toEqual([field]);
  });

  it('wants a token', async () => {
    expect((await fetch(`${api.url}/api/v1/deliveries`)).status).toBe(401);
  });
});

describe('GET /api/v1/deliveries/{id}', () => {
  it('shows the delivery, its event as a webhook gets it, and its attempts, oldest first', async () => {
    const first = buildLedgerEntry({ organizationId: 'org-one', status: 'retrying', test: true });
    const started = new Date(Date.parse(first.request.event.time) + 5_000);
    const second = nextEntry(first, { number: 2, status: 'delivered', at: started, test: true });
    await api.ledger.record(first);
    await api.ledger.record(second);
    const { deliveryId, event, integrationId } = first.request;

    const { status, body } = await api.call('org-one', `/api/v1/deliveries/${deliveryId}`);

    expect(status).toBe(200);
    expect(body).toEqual({
      id: deliveryId,
      eventId: event.id,
      eventType: 'release.created',
      test: true,
      integrationId,
      projectId: event.data.project.id,
      projectName: 'NitroPush iOS',
      releaseId: event.data.release.id,
      version: '1.0.5',
      environment: 'prod',
      status: 'delivered',
      round: 1,
      attemptCount: 2,
      createdAt: event.time,
      updatedAt: expect.any(String),
      nextAttemptAt: null,
      lastStatusCode: 200,
      lastErrorCode: null,
      lastError: null,
      subject: null,
      event: expect.objectContaining({
        type: 'release.created',
        timestamp: event.time,
        test: true,
        data: expect.objectContaining({ eventId: event.id, organizationId: 'org-one', previous: null }),
      }),
      attempts: [
        {
          number: 1,
          round: 1,
          startedAt: event.time,
          durationMs: 12,
          outcome: 'failed',
          statusCode: 500,
          errorCode: 'server_error',
          error: 'The server answered 500.',
          responseBody: 'ok',
          responseHeaders: { 'content-type': 'text/plain' },
        },
        expect.objectContaining({
          number: 2,
          startedAt: started.toISOString(),
          outcome: 'delivered',
          responseHeaders: null,
        }),
      ],
      request: null, // nobody knows the integration
    });
    makeKnown(api.integrations, 'org-one', integrationId, { destination: 'https://hooks.example.com/…' });
    const { request } = (await api.call('org-one', `/api/v1/deliveries/${deliveryId}`)).body;
    expect(request).toMatchObject({
      method: 'POST',
      destination: 'https://hooks.example.com/…',
      headers: { 'webhook-id': deliveryId, 'np-attempt': '2', 'webhook-signature': 'v1,••••' },
    });
  });

  it('answers 404 for an unknown id, for no id, and for another organization’s', async () => {
    const entry = buildLedgerEntry({ organizationId: 'org-one' });
    await api.ledger.record(entry);
    for (const [organization, id] of [
      ['org-one', uuidv7()],
      ['org-one', 'nonsense'],
      ['org-two', entry.request.deliveryId],
    ]) {
      const { status, body } = await api.call(organization!, `/api/v1/deliveries/${id}`);
      expect([status, body]).toMatchObject([404, { type: 'urn:nitropush:problem:not-found' }]);
    }
  });
});

describe('GET /api/v1/deliveries/count', () => {
  const integrationId = uuidv7();
  const of = (more: Partial<Parameters<typeof buildLedgerEntry>[0]>): Promise<void> =>
    api.ledger.record(buildLedgerEntry({ organizationId: 'org-count', integrationId, status: 'dead', ...more }));
  const count = (query: string) =>
    api.call('org-count', `/api/v1/deliveries/count?integrationId=${integrationId}${query}`);

  it('counts what a command would change: no tests, nothing of others', async () => {
    await Promise.all([
      of({ at: new Date(BASE) }),
      of({ at: new Date(BASE + HOUR) }),
      of({ test: true }),
      of({ status: 'held' }),
      of({ integrationId: uuidv7() }),
      of({ organizationId: 'org-other' }),
    ]);
    expect((await count('&status=dead')).body).toEqual({ count: 2, more: false });
    expect((await count(`&status=dead&since=${new Date(BASE + HOUR).toISOString()}`)).body).toMatchObject({ count: 1 });
    expect((await count(`&status=dead&until=${new Date(BASE + HOUR).toISOString()}`)).body).toMatchObject({ count: 1 });
    expect((await count('&status=dropped')).body).toMatchObject({ count: 0 });
  });

  it('needs to know of what', async () => {
    const { status, body } = await count('');
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'status' }] });
  });
});
