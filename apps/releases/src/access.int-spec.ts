import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { ReleasesApi, fieldsOf, newOrganization, type Organization } from './releases-api.suite.js';

let api: ReleasesApi;
let org: Organization;
let projectId: string;
let releaseId: string;
beforeAll(async () => {
  api = await ReleasesApi.start({ KAFKA_BROKERS: '127.0.0.1:1' }); // what is asked here needs no Kafka
  org = newOrganization(api);
  projectId = (await org.project()).id;
  releaseId = (await org.release(projectId)).id;
});
afterAll(() => api?.close());

const CALLS: [request: () => string, body?: unknown][] = [
  [() => `GET /projects/${projectId}`],
  [() => `PATCH /projects/${projectId}`, { name: 'x' }],
  [() => `GET /projects/${projectId}/releases`],
  [() => `POST /projects/${projectId}/releases`, { environment: 'prod', version: '2' }],
  [() => `GET /releases/${releaseId}`],
  [() => `POST /releases/${releaseId}/promote`, {}],
  [() => `PATCH /releases/${releaseId}`, { description: 'x' }],
  [() => `PATCH /releases/${releaseId}/rollout`, { rolloutPercentage: 1 }],
];

describe('without Kafka', () => {
  it('the service is ready and accepts: the outbox carries what was accepted', async () => {
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    const waiting = await api.dataSource.query<{ topic: string; key: string }[]>(
      'SELECT topic, key FROM outbox ORDER BY id',
    );
    expect(waiting.slice(0, 3)).toEqual([
      { topic: 'project.state', key: projectId },
      { topic: 'activity', key: expect.any(String) as unknown },
      { topic: 'release.events', key: projectId },
    ]);
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(Number(/^outbox_pending\S* (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(3);
  });
});

describe('another organization', () => {
  it.each(CALLS)('finds nothing: %s', async (request, body) => {
    const others = newOrganization(api);
    const keyed = { headers: { 'idempotency-key': 'k' } };
    for (const init of [{ body }, { body, ...keyed }])
      expect((await others.call(request(), init)).status, request()).toBe(404);
  });

  it('does not see them in its list, and its own keys are its own', async () => {
    const others = newOrganization(api);
    const init = { body: { name: 'A' }, headers: { 'idempotency-key': 'same' } };
    const [mine, theirs] = [
      await org.must<{ id: string }>('POST /projects', init),
      await others.must<{ id: string }>('POST /projects', init),
    ];
    expect(mine.id).not.toBe(theirs.id);
    expect(await others.must('GET /projects')).toMatchObject({ items: [{ id: theirs.id }], nextCursor: null });
  });
});

describe('a viewer', () => {
  it('reads and changes nothing', async () => {
    for (const [request, body] of [...CALLS, [() => 'POST /projects', { name: 'x' }] as const])
      expect([request(), (await org.call(request(), { body, role: 'viewer' })).status]).toEqual([
        request(),
        request().startsWith('GET') ? 200 : 403,
      ]);
  });
});

describe('the document of the API', () => {
  it('names the refusals of each call, all of them problem documents', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
    };
    const refusals = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { responses }]) => {
        const refused = Object.entries(responses).filter(([status]) => status >= '400');
        for (const [, { content }] of refused) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
        return `${method} ${path}: ${refused.map(([status]) => status).join(' ')}`;
      }),
    );
    expect(refusals.sort()).toEqual([
      'get /api/v1/projects/{id}: 401 404',
      'get /api/v1/projects/{projectId}/releases: 400 401 404',
      'get /api/v1/projects: 400 401',
      'get /api/v1/releases/current: 400 401',
      'get /api/v1/releases/{id}: 401 404',
      'patch /api/v1/projects/{id}: 400 401 403 404 413',
      'patch /api/v1/releases/{id}/rollout: 400 401 403 404 413',
      'patch /api/v1/releases/{id}: 400 401 403 404 413',
      'post /api/v1/projects/{projectId}/releases: 400 401 403 404 409 413 422',
      'post /api/v1/projects: 400 401 403 409 413 422',
      'post /api/v1/releases/{id}/promote: 400 401 403 404 409 413 422',
    ]);
  });
});

describe('malformed input', () => {
  const releases = (): string => `POST /projects/${projectId}/releases`;
  const release = (overrides: Record<string, unknown>): unknown => ({
    environment: 'prod',
    version: '9',
    ...overrides,
  });
  it.each<[string, () => string, unknown, number, string]>([
    ['no body', () => 'POST /projects', undefined, 400, 'name'],
    ['broken JSON', () => 'POST /projects', '{"name":', 400, ''],
    ['a list', () => 'POST /projects', [], 400, 'name'],
    ['a body of 300 KB', () => 'POST /projects', { name: 'x'.repeat(300_000) }, 413, ''],
    ['an unknown field', () => 'POST /projects', { name: 'x', colour: 'red' }, 400, 'colour'],
    ['a name of blanks', () => 'POST /projects', { name: ' \u00a0 ' }, 400, 'name'],
    ['a name of 201 characters', () => 'POST /projects', { name: 'x'.repeat(201) }, 400, 'name'],
    ['a name with a line break', () => 'POST /projects', { name: 'a\nb' }, 400, 'name'],
    ['a name that is a number', () => 'POST /projects', { name: 5 }, 400, 'name'],
    ['no release', releases, undefined, 400, 'environment,version'],
    ['an unknown environment', releases, release({ environment: 'moon' }), 400, 'environment'],
    ['a version that is a word', releases, release({ version: 'latest' }), 400, 'version'],
    ['a version that is a number', releases, release({ version: 1.5 }), 400, 'version'],
    ['a version of 65 characters', releases, release({ version: '1'.repeat(65) }), 400, 'version'],
    ['a description of 4,001 characters', releases, release({ description: 'x'.repeat(4_001) }), 400, 'description'],
    ['a description with NUL', releases, release({ description: 'a\u0000' }), 400, 'description'],
    ['mandatory as a word', releases, release({ mandatory: 'yes' }), 400, 'mandatory'],
    ['a rollout as a text', releases, release({ rolloutPercentage: '50' }), 400, 'rolloutPercentage'],
    ['a limit of 101', () => 'GET /projects?limit=101', undefined, 400, 'limit'],
    ['a cursor of our own making', () => 'GET /projects?cursor=WyJ4Il0', undefined, 400, 'cursor'],
    ['what is no id', () => 'GET /releases/nope', undefined, 404, ''],
    ['an unknown id', () => `GET /releases/${uuidv7()}`, undefined, 404, ''],
  ])('%s is refused by name', async (_, request, body, status, field) => {
    const answer = await org.call(request(), { body });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([status, field]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
