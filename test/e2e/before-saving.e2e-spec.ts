import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERED_TYPES } from '#libs/contracts';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';
import { expectProblem } from './support/problem.js';
import { eventually } from '../support/eventually.js';

interface Result {
  outcome: string;
  statusCode: number | null;
  errorCode: string | null;
  error: string | null;
  responseBody: string | null;
  durationMs: number;
}
interface Preview {
  eventType: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const webhook = (credentials: Record<string, unknown>, more = {}) => ({ provider: 'webhook', credentials, ...more });

describe('a test of a webhook that is not saved', () => {
  it('arrives as it would once it is saved, says how it ended, and leaves nothing behind', async () => {
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    const credentials = { url: `${receiver.url}/typed`, authorization: 'Bearer typed' };
    const choice = { projectId: project.id, eventType: 'release.promoted', environment: 'stage' };
    const result = await api.must<Result>('POST', '/integrations/test', webhook(credentials, choice));
    expect(result).toMatchObject({ outcome: 'delivered', statusCode: 200, errorCode: null, error: null });
    const arrived = receiver.received.find(({ path }) => path === '/typed')!;
    expect(arrived.headers).toMatchObject({
      authorization: 'Bearer typed',
      'webhook-signature': expect.stringMatching(/^v1,/) as string,
    });
    expect(JSON.parse(arrived.body)).toMatchObject({
      type: 'release.promoted',
      test: true,
      data: { project: { name: 'Checkout' }, release: { environment: 'stage' } },
    });
    expect(await api.must('GET', '/integrations')).toMatchObject({ items: [] });
    expect(await api.deliveries()).toEqual([]);
  });

  it('shows what the destination said against it, secrets masked', async () => {
    const api = await Api.signIn();
    const refusing = await startReceiver(({ path, headers }, response) => {
      response.writeHead(401).end(`no: ${path} ${headers.authorization}`);
    });
    const credentials = { url: `${refusing.url}/s3cret-path-of-ours`, authorization: 'Bearer s3cret-token-of-ours' };
    const result = await api.must<Result>('POST', '/integrations/test', webhook(credentials));
    expect(result).toMatchObject({ outcome: 'failed', statusCode: 401, errorCode: 'credentials_revoked' });
    expect(result.error).toMatch(/401/);
    expect(JSON.stringify(result)).not.toContain('s3cret');
    await refusing.close();
    expect(await api.must('POST', '/integrations/test', webhook(credentials))).toMatchObject({
      outcome: 'failed',
      errorCode: 'connection_refused',
    });
  });

  it('is refused as the form would be: what is malformed, may not be called, or belongs to somebody else', async () => {
    const api = await Api.signIn();
    const stranger = await (await Api.signIn()).webhook(`${receiver.url}/theirs`);
    const url = `${receiver.url}/refused`;
    for (const [body, status, field] of [
      [webhook({}), 400, 'credentials.url'],
      [webhook({ url: 'http://10.0.0.1/' }), 422, 'credentials.url'],
      [webhook({ url: 'http://169.254.169.254/latest' }), 422, 'credentials.url'],
      [webhook({ url }, { eventType: 'release.gone' }), 400, 'eventType'],
      [webhook({ url }, { projectId: '019ad0a6-0000-7000-8000-000000000000' }), 422, 'projectId'],
      [{ provider: 'slack', credentials: {} }, 422, 'provider'],
      [webhook({ url }, { integrationId: stranger.id }), 404, undefined],
    ] as const)
      expectProblem(await api.call('POST', '/integrations/test', body), status, field);
    for (const role of ['developer', 'viewer'] as const) {
      const other = await Api.signIn(role, api.organizationId);
      expectProblem(await other.call('POST', '/integrations/test', webhook({ url })), 403);
    }
    expect(receiver.received.filter(({ path }) => path === '/refused')).toEqual([]);
  });

  it('counts as a test of the organization', async () => {
    const api = await Api.signIn();
    for (let n = 0; n < 3; n += 1)
      await api.must('POST', '/integrations/test', webhook({ url: `${receiver.url}/counted` }));
    const database = new pg.Client({ connectionString: stack().databaseUrls['integrations'] });
    await database.connect();
    const { rows } = await database.query('SELECT count FROM test_counts WHERE organization_id = $1', [
      api.organizationId,
    ]);
    await database.end();
    expect(rows).toEqual([{ count: 3 }]);
  });

  it('of one that is edited sends the saved header to its own origin only', async () => {
    const api = await Api.signIn();
    const elsewhere = await startReceiver();
    const hook = await api.webhook('', { credentials: { url: `${receiver.url}/a`, authorization: 'Bearer saved' } });
    const test = (url: string) => api.call('POST', '/integrations/test', webhook({ url }, { integrationId: hook.id }));
    expect(await test(`${receiver.url}/edited`)).toMatchObject({ status: 200, body: { outcome: 'delivered' } });
    expect(receiver.received.find(({ path }) => path === '/edited')!.headers.authorization).toBe('Bearer saved');
    expectProblem(await test(`${elsewhere.url}/take`), 422, 'credentials.authorization');
    expect(elsewhere.received).toEqual([]);
    expect(await api.integration(hook.id)).toMatchObject({ destination: `${receiver.url}/…` });
    await elsewhere.close();
  });
});

it('a test of a saved destination tells of the event and project that were chosen', async () => {
  const api = await Api.signIn();
  const project = await api.project('Chosen');
  await api.project('Newer');
  const hook = await api.webhook(`${receiver.url}/chosen`);
  const path = `/integrations/${hook.id}/test`;
  await api.must('POST', path, { projectId: project.id, eventType: 'release.rollout_changed', environment: 'test' });
  const chosen = (): unknown[] =>
    receiver.received.filter(({ path: at }) => at === '/chosen').map(({ body }) => JSON.parse(body));
  await eventually(() =>
    expect(chosen()).toMatchObject([
      { type: 'release.rollout_changed', data: { project: { name: 'Chosen' }, release: { environment: 'test' } } },
    ]),
  );
  expectProblem(await api.call('POST', path, { projectId: hook.id }), 422, 'projectId');
  expectProblem(await api.call('POST', path, { eventType: 'nothing' }), 400, 'eventType');
});

describe('a preview', () => {
  it.each(['slack', 'discord', 'webhook', 'email', 'teams'])(
    'of %s has a message for each event type and alert',
    async (provider) => {
      const api = await Api.signIn('viewer');
      const { items } = await api.must<{ items: Preview[] }>('POST', '/integrations/preview', { provider });
      expect(items.map(({ eventType }) => eventType)).toEqual([...DELIVERED_TYPES]);
      for (const { eventType, body, method } of items) {
        expect(body).toContain(eventType.startsWith('release.') ? '1.4.2' : '#releases');
        expect(method).toBe(provider === 'email' ? 'MAIL' : 'POST');
      }
    },
  );

  it.each([
    ['slack', 'destination.disconnected', '#releases is disconnected'],
    ['email', 'destination.failing', '#releases keeps failing'],
    ['teams', 'destination.recovered', '#releases works again'],
  ])('of %s for %s alone says what happened', async (provider, eventType, said) => {
    const api = await Api.signIn('viewer');
    const { items } = await api.must<{ items: Preview[] }>('POST', '/integrations/preview', { provider, eventType });
    expect(items).toMatchObject([{ eventType }]);
    expect(JSON.stringify(items)).toContain(said);
  });

  it('is what is posted for the release that is made of it', async () => {
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    await api.webhook(`${receiver.url}/same`);
    const release = { version: '7.1.0', description: 'For <b>all</b>', mandatory: true, rolloutPercentage: 40 };
    const { items } = await api.must<{ items: Preview[] }>('POST', '/integrations/preview', {
      provider: 'webhook',
      projectId: project.id,
      eventType: 'release.created',
      environment: 'stage',
      ...release,
    });
    await api.release(project.id, release.version, { ...release, environment: 'stage' });
    await eventually(() => expect(receiver.received.filter(({ path }) => path === '/same')).toHaveLength(1));
    const posted = JSON.parse(receiver.received.find(({ path }) => path === '/same')!.body) as {
      data: { release: { id: string } };
    };
    expect(items).toHaveLength(1);
    const previewed = JSON.parse(items[0]!.body) as typeof posted;
    expect({ ...previewed.data.release, id: posted.data.release.id }).toEqual(posted.data.release);
    expect(items[0]!.headers['webhook-signature']).toContain('••••');
  });

  it('is refused for what is not there', async () => {
    const api = await Api.signIn();
    const preview = (body: unknown) => api.call('POST', '/integrations/preview', body);
    expectProblem(await preview({}), 400, 'provider');
    expectProblem(await preview({ provider: 'pager' }), 400, 'provider');
    expectProblem(await preview({ provider: 'slack', rolloutPercentage: 101 }), 400, 'rolloutPercentage');
    expectProblem(await preview({ provider: 'email', description: 'x'.repeat(4_001) }), 400, 'description');
    expectProblem(await preview({ provider: 'email', version: '1'.repeat(65) }), 400, 'version');
    expectProblem(
      await preview({ provider: 'slack', projectId: '019ad0a6-0000-7000-8000-000000000000' }),
      422,
      'projectId',
    );
  });
});
