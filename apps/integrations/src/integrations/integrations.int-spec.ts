import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTEGRATION_STATE, parseEvent, uuidv7, type IntegrationState } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, Integration, IntegrationPage } from './integration.dto.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
let onTopic: InboundRecord[];

beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
  onTopic = topics.follow(INTEGRATION_STATE.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const newOrganization = (): string => `org-${uuidv7()}`;
/** One that reached the topic late came twice. */
const statesOf = (id: string): IntegrationState[] =>
  onTopic
    .filter(({ key, value }) => key === id && value !== null)
    .map((record) => parseEvent(INTEGRATION_STATE, record))
    .filter(({ version }, index, all) => version !== all[index - 1]?.version);
const stateAt = (id: string, version: number): Promise<IntegrationState> =>
  eventually(() => {
    const state = statesOf(id).find((one) => one.version === version);
    if (!state) throw new Error(`no version ${version} on the topic`);
    return state;
  });

async function create(organizationId: string, overrides = {}): Promise<CreatedIntegration> {
  const body = buildWebhook(overrides);
  const { status, body: created } = await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body });
  expect([status, created]).toMatchObject([201, { id: expect.any(String) as unknown }]);
  return created;
}

const patch = (organizationId: string, id: string, body: unknown) =>
  api.call<Integration & { errors?: { field: string }[] }>(organizationId, `PATCH /integrations/${id}`, { body });

/** Which fields a problem document complains of. */
const fieldsOf = (problem: { errors?: { field: string }[] }): string =>
  [...new Set((problem.errors ?? []).map(({ field }) => field))].join();

const openCredentials = ({ id, organizationId, credentials, credentialsVersion }: IntegrationState): Promise<unknown> =>
  api.opener.open(
    { organizationId, integrationId: id, purpose: 'credentials', version: credentialsVersion },
    credentials,
  );
const openSecrets = ({ id, organizationId, signingSecrets }: IntegrationState): Promise<string[]> =>
  Promise.all(
    signingSecrets.map(({ sealed, version }) =>
      api.opener.open<string>({ organizationId, integrationId: id, purpose: 'signing-secret', version }, sealed),
    ),
  );

describe('connecting a webhook', () => {
  it('answers the whole integration, its secret once, and says so on integration.state', async () => {
    const organizationId = newOrganization();
    const projectId = await topics.project(organizationId);
    const credentials = { url: 'http://127.0.0.1:9/T0/secret-token', authorization: 'Bearer abc' };
    const route = { projectId, eventTypes: ['release.promoted'], environments: ['prod', 'stage'] };
    const created = await create(organizationId, { ...route, credentials, concurrency: 8 });
    const { signingSecret, ...shown } = created;
    expect(await api.dataSource.query('SELECT key FROM outbox')).toEqual([]); // it is on the topic by now
    expect(signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as unknown,
      provider: 'webhook',
      name: 'QA team webhook',
      ...route,
      enabled: true,
      alerts: false,
      destination: 'http://127.0.0.1:9/…',
      concurrency: 8,
      owner: null,
      note: null,
      storedSecrets: ['authorization'],
      sameTarget: [],
      health: 'unknown',
      counts: { pending: 0, retrying: 0, dead: 0, held: 0 },
      statusFreshness: { state: 'current', asOf: expect.any(String) as unknown, unavailableSince: null },
      lastDelivery: null,
      recipients: null,
      createdAt: shown.updatedAt,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    });
    const state = await stateAt(created.id, 1);
    expect(state).toMatchObject({ ...route, organizationId, enabled: true, concurrency: 8, credentialsVersion: 1 });
    expect(await openCredentials(state)).toEqual(credentials);
    expect(await openSecrets(state)).toEqual([signingSecret]);
    const one = await api.call(organizationId, `GET /integrations/${created.id}`);
    const { lastDelivery: _last, recipients: _recipients, ...unknown } = shown;
    const statusFreshness = { state: 'unknown', asOf: null, unavailableSince: expect.any(String) as unknown };
    expect(one.body).toEqual({ ...unknown, health: null, counts: null, statusFreshness });
  });

  it('takes a project that was made a moment ago, and refuses another organization’s', async () => {
    const [organizationId, other] = [newOrganization(), newOrganization()];
    for (let n = 0; n < 5; n += 1) await create(organizationId, { projectId: await topics.project(organizationId) });
    for (const projectId of [uuidv7(), await topics.project(other)]) {
      const body = buildWebhook({ projectId });
      const { status, body: problem } = await api.call(organizationId, 'POST /integrations', { body });
      expect([status, problem['errors']]).toMatchObject([422, [{ field: 'projectId' }]]);
    }
  });

  it.each<[string, unknown, number, string]>([
    ['no body', undefined, 400, 'provider,name,projectId,credentials'],
    ['broken JSON', '{ "provider":', 400, ''],
    ['a list', [], 400, 'provider,name,projectId,credentials'],
    ['an unknown field', buildWebhook({ colour: 'red' }), 400, 'colour'],
    ['an unknown provider', buildWebhook({ provider: 'pager' }), 400, 'provider'],
    ['a provider to come', buildWebhook({ provider: 'slack' }), 422, 'provider'],
    ['email without a mail server', buildWebhook({ provider: 'email' }), 422, 'provider'],
    ['no name', buildWebhook({ name: ' ' }), 400, 'name'],
    ['a name of 201 characters', buildWebhook({ name: 'x'.repeat(201) }), 400, 'name'],
    ['a name of 201 emoji', buildWebhook({ name: '👍'.repeat(201) }), 400, 'name'],
    ['a name with a line break', buildWebhook({ name: 'a\nb' }), 400, 'name'],
    ['a project that is no id', buildWebhook({ projectId: 'x' }), 400, 'projectId'],
    ['an unknown event type', buildWebhook({ eventTypes: ['release.deleted'] }), 400, 'eventTypes'],
    ['an environment twice', buildWebhook({ environments: ['prod', 'prod'] }), 400, 'environments'],
    ['enabled as a word', buildWebhook({ enabled: 'yes' }), 400, 'enabled'],
    ['concurrency 33', buildWebhook({ concurrency: 33 }), 400, 'concurrency'],
    ['no credentials', buildWebhook({ credentials: undefined }), 400, 'credentials'],
    ['no URL', buildWebhook({ credentials: {} }), 400, 'credentials.url'],
    [
      'a bad header',
      buildWebhook({ credentials: { url: 'http://127.0.0.1/', authorization: 'a\nb' } }),
      400,
      'credentials.authorization',
    ],
    ['a file', buildWebhook({ credentials: { url: 'file:///etc/passwd' } }), 422, 'credentials.url'],
    ['a private address', buildWebhook({ credentials: { url: 'http://10.0.0.1/' } }), 422, 'credentials.url'],
  ])('refuses %s', async (_, body, status, field) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await api.call(newOrganization(), 'POST /integrations', { body, headers });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([status, field]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is carried out once per key, and shows the secret to the first alone', async () => {
    const organizationId = newOrganization();
    const send = (name: string) =>
      api.call<CreatedIntegration>(organizationId, 'POST /integrations', {
        body: buildWebhook({ name }),
        headers: { 'idempotency-key': 'k1' },
      });
    const answers = await Promise.all([send('A'), send('A'), send('A')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.signingSecret !== undefined)).toHaveLength(1);
    const [first, again] = [answers.find(({ body }) => body.signingSecret)!, await send('A')];
    const { signingSecret: _once, ...shown } = first.body;
    expect(again.body).toEqual(shown);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await send('B')).status).toBe(422);
    const list = await api.call<IntegrationPage>(organizationId, 'GET /integrations');
    expect(list.body.items).toHaveLength(1);
    expect(statesOf(first.body.id)).toHaveLength(1);
  });
});

describe('changing an integration', () => {
  it('seals again only where credentials are given', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId, {
      credentials: { url: 'http://127.0.0.1:9/old', authorization: 'Bearer old' },
    });
    const first = await stateAt(id, 1);
    await patch(organizationId, id, { name: 'Renamed', enabled: false });
    const renamed = await stateAt(id, 2);
    expect(renamed).toEqual({ ...first, name: 'Renamed', enabled: false, version: 2 });
    const { body } = await patch(organizationId, id, {
      credentials: { url: 'http://127.0.0.1:10/new', authorization: null },
    });
    expect(body.destination).toBe('http://127.0.0.1:10/…');
    const fresh = await stateAt(id, 3);
    expect(fresh).toMatchObject({ credentialsVersion: 2, signingSecrets: first.signingSecrets, enabled: false });
    expect(await openCredentials(fresh)).toEqual({ url: 'http://127.0.0.1:10/new', authorization: null });
    await expect(openCredentials({ ...fresh, credentialsVersion: 1 })).rejects.toThrow('not sealed for this');
  });

  it('loses none of several changes at once, and its version only grows', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    const changes = [
      { name: 'Other' },
      { enabled: false },
      { eventTypes: ['release.created'] },
      { environments: ['prod'] },
      { concurrency: 4 },
      { credentials: { url: 'http://127.0.0.1:9/2' } },
      { credentials: { url: 'http://127.0.0.1:9/3' } },
    ];
    const answers = await Promise.all(changes.map((change) => patch(organizationId, id, change)));
    expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
    const last = await stateAt(id, changes.length + 1);
    expect(last).toMatchObject({ ...Object.assign({}, ...changes.slice(0, 5)), credentialsVersion: 3 });
    await expect(openCredentials(last)).resolves.toBeDefined();
    expect(statesOf(id).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[string, unknown, number, string]>([
    ['another provider', { provider: 'webhook' }, 400, 'provider'],
    ['enabled: null', { enabled: null }, 400, 'enabled'],
    ['name: null', { name: null }, 400, 'name'],
    ['eventTypes: null', { eventTypes: null }, 400, 'eventTypes'],
    ['environments: null', { environments: null }, 400, 'environments'],
    ['credentials: null', { credentials: null }, 400, 'credentials'],
    ['an unknown project', { projectId: uuidv7() }, 422, 'projectId'],
    ['a forbidden URL', { credentials: { url: 'http://169.254.169.254/' } }, 422, 'credentials.url'],
  ])('refuses %s and leaves it as it was', async (_, change, status, field) => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    const before = await api.call(organizationId, `GET /integrations/${id}`);
    const answer = await patch(organizationId, id, change);
    expect([answer.status, fieldsOf(answer.body)]).toEqual([status, field]);
    expect((await api.call(organizationId, `GET /integrations/${id}`)).body).toEqual(before.body);
  });

  it('takes null for what may be null', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId, { projectId: await topics.project(organizationId), concurrency: 3 });
    const { body } = await patch(organizationId, id, { projectId: null, concurrency: null });
    expect(body).toMatchObject({ projectId: null, concurrency: null });
  });

  it('ends with a tombstone', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    expect((await api.call(organizationId, `DELETE /integrations/${id}`)).status).toBe(204);
    await eventually(() => expect(onTopic.filter(({ key }) => key === id).at(-1)?.value).toBeNull());
    for (const request of [`GET /integrations/${id}`, `DELETE /integrations/${id}`])
      expect((await api.call(organizationId, request)).status).toBe(404);
  });
});

describe('a rotated signing secret', () => {
  it('is shown once, while the one before it stays for 24 hours', async () => {
    const organizationId = newOrganization();
    const { id, signingSecret: first } = await create(organizationId);
    const rotated = await api.call(organizationId, `POST /integrations/${id}/signing-secret/rotate`);
    expect(rotated).toMatchObject({ status: 200, body: { signingSecret: expect.stringMatching(/^whsec_/) } });
    const state = await stateAt(id, 2);
    expect(await openSecrets(state)).toEqual([rotated.body['signingSecret'], first]);
    const left = state.signingSecrets.map(({ validUntil }) => validUntil && Date.parse(validUntil) - Date.now());
    expect(left).toEqual([null, expect.closeTo(86_400_000, -5)]);
    expect(state.credentialsVersion).toBe(1);
  });
});
