import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { ADMIN, ConnectionsApi, newOrganization } from './connections-api.suite.js';
import { answerJson, slackAnswer } from './oauth-provider.suite.js';

let on: ConnectionsApi;
beforeAll(async () => {
  on = await ConnectionsApi.start();
});
afterEach(() => {
  on.provider.asked.length = 0;
});
afterAll(() => on?.close());

describe('connecting by signing in', () => {
  it('sends the browser to Slack, and keeps the webhook that it comes back with', async () => {
    const organizationId = newOrganization();
    const projectId = await on.topics.project(organizationId);
    const { authorizeUrl, state, cookie, setCookie } = await on.begin(organizationId, { projectId });
    expect(authorizeUrl.origin + authorizeUrl.pathname).toBe(`${on.provider.origin}/oauth/v2/authorize`);
    expect(Object.fromEntries(authorizeUrl.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'slack-client',
      scope: 'incoming-webhook',
      redirect_uri: `${ADMIN}/api/v1/oauth/slack/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    });
    expect(setCookie).toMatch(/^nitropush-connect=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);

    on.grants('slack');
    const result = await on.comeBack({ code: 'the-code', state }, cookie);
    const id = result['connected']!;
    expect(Object.keys(result)).toEqual(['connected']);
    expect(on.provider.asked.map(({ path, form }) => [path, Object.fromEntries(form)])).toEqual([
      [
        '/api/oauth.v2.access',
        {
          grant_type: 'authorization_code',
          code: 'the-code',
          redirect_uri: `${ADMIN}/api/v1/oauth/slack/callback`,
          client_id: 'slack-client',
          client_secret: 'slack-client-secret',
        },
      ],
    ]);
    expect(await on.listed(organizationId)).toMatchObject([
      { id, provider: 'slack', name: '#ios-releases', destination: 'Acme · #ios-releases', projectId, enabled: true },
    ]);
    expect(await on.opened(await on.stateAt(id, 1))).toEqual({
      url: `${on.provider.origin}/services/T1/B1/slack-webhook-secret`,
    });
  });

  it('proves to Discord that it is who began, and keeps id and token alone', async () => {
    const organizationId = newOrganization();
    const { authorizeUrl, state, cookie } = await on.begin(
      organizationId,
      { projectId: null, name: 'The team' },
      'discord',
    );
    expect(authorizeUrl.href).toContain(`${on.provider.origin}/discord/oauth2/authorize?`);
    expect(authorizeUrl.searchParams.get('code_challenge_method')).toBe('S256');
    const challenge = authorizeUrl.searchParams.get('code_challenge')!;

    on.grants('discord');
    const id = (await on.comeBack({ code: 'the-code', state }, cookie, 'discord'))['connected']!;
    const verifier = on.provider.asked[0]!.form.get('code_verifier')!;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    expect(Buffer.from(digest).toString('base64url')).toBe(challenge);
    expect(on.provider.asked[0]!.path).toBe('/discord/api/oauth2/token');
    expect(await on.listed(organizationId)).toMatchObject([
      { id, name: 'The team', destination: 'Releases · channel …5678' },
    ]);
    expect(await on.opened(await on.stateAt(id, 1))).toEqual({
      id: '123456789012345678',
      token: 'discord-webhook-secret',
    });
  });

  it('keeps the route and the wish for alerts that were chosen before signing in', async () => {
    const organizationId = newOrganization();
    const chosen = { eventTypes: ['release.promoted'], environments: ['prod', 'stage'], alerts: true };
    const id = (await on.connect(organizationId, { projectId: null, ...chosen }, 'discord'))['connected']!;
    expect(await on.listed(organizationId)).toMatchObject([{ id, ...chosen }]);
    expect(await on.stateAt(id, 1)).toMatchObject(chosen);
    const plain = (await on.connect(organizationId))['connected']!;
    const state = await on.stateAt(plain, 1);
    expect(state).toMatchObject({ eventTypes: [], environments: [] });
    expect(state).not.toHaveProperty('alerts');
  });

  it('keeps the owner and the note that were written before signing in; without them both are null', async () => {
    const organizationId = newOrganization();
    const about = { owner: 'Ada', note: 'For QA.\nQuiet at night.' };
    const id = (await on.connect(organizationId, { projectId: null, ...about }))['connected']!;
    expect(await on.listed(organizationId)).toMatchObject([{ id, ...about }]);
    expect(await on.stateAt(id, 1)).not.toHaveProperty('owner');
    await on.connect(organizationId, { projectId: null }, 'discord');
    expect(await on.listed(organizationId)).toMatchObject([{ owner: null, note: null }, { id }]);
    const { state, cookie } = await on.begin(organizationId, { projectId: null, integrationId: id });
    on.grants('slack');
    await on.comeBack({ code: 'c', state }, cookie);
    expect(await on.listed(organizationId)).toMatchObject([{}, { id, ...about }]);
  });

  it.each([
    [{ owner: 'Ada\nBob' }, 'owner'],
    [{ note: 'a\u200b' }, 'note'],
    [{ eventTypes: ['release.deleted'] }, 'eventTypes'],
    [{ environments: ['qa'] }, 'environments'],
    [{ alerts: 'yes' }, 'alerts'],
  ])('refuses to begin with %j', async (body, field) => {
    const answer = await on.api.call(newOrganization(), 'POST /integrations/oauth/slack', {
      body: { projectId: null, ...body },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('says where another one posts to the same channel', async () => {
    const organizationId = newOrganization();
    const first = (await on.connect(organizationId))['connected'];
    const again = await on.connect(organizationId);
    expect(again['already']).toBe(first);
    expect(await on.listed(organizationId)).toHaveLength(2);
    expect(await on.connect(newOrganization())).not.toHaveProperty('already');
  });

  it('replaces the credentials of the one to reconnect, and nothing else', async () => {
    const organizationId = newOrganization();
    const projectId = await on.topics.project(organizationId);
    const id = (await on.connect(organizationId, { projectId, name: 'Ours' }))['connected']!;
    await on.api.call(organizationId, `PATCH /integrations/${id}`, { body: { enabled: false } });
    on.provider.answerWith(
      answerJson(
        slackAnswer(on.provider.origin, {
          incoming_webhook: { channel: '#ops', channel_id: 'C2', url: `${on.provider.origin}/services/T1/B2/fresh` },
        }),
      ),
    );
    const { state, cookie } = await on.begin(organizationId, { projectId: null, integrationId: id });
    expect((await on.comeBack({ code: 'c', state }, cookie))['connected']).toBe(id);
    const after = await on.stateAt(id, 3);
    expect(after).toMatchObject({
      name: 'Ours',
      projectId,
      enabled: false,
      credentialsVersion: 2,
      destination: 'Acme · #ops',
    });
    expect(await on.opened(after)).toEqual({ url: `${on.provider.origin}/services/T1/B2/fresh` });
    expect(await on.listed(organizationId)).toHaveLength(1);
  });

  it('goes on being called like its channel, where it was, and keeps a name that somebody gave it', async () => {
    const organizationId = newOrganization();
    const called = (await on.connect(organizationId))['connected']!;
    const reconnect = async (channel: string): Promise<void> => {
      const url = `${on.provider.origin}/services/T1/B2/fresh`;
      on.provider.answerWith(
        answerJson(slackAnswer(on.provider.origin, { incoming_webhook: { channel, channel_id: channel, url } })),
      );
      const { state, cookie } = await on.begin(organizationId, { projectId: null, integrationId: called });
      expect((await on.comeBack({ code: 'c', state }, cookie))['connected']).toBe(called);
    };
    await reconnect('#ops');
    expect(await on.stateAt(called, 2)).toMatchObject({ name: '#ops', destination: 'Acme · #ops' });
    await on.api.call(organizationId, `PATCH /integrations/${called}`, { body: { name: 'Ours' } });
    await reconnect('#news');
    expect(await on.stateAt(called, 4)).toMatchObject({ name: 'Ours', destination: 'Acme · #news' });
  });

  it('is labelled by the enterprise where Slack names no team', async () => {
    const organizationId = newOrganization();
    const { state, cookie } = await on.begin(organizationId);
    const enterprise = { id: 'E1', name: 'Acme Corp' };
    on.provider.answerWith(answerJson(slackAnswer(on.provider.origin, { team: null, enterprise })));
    const id = (await on.comeBack({ code: 'c', state }, cookie))['connected']!;
    expect(await on.stateAt(id, 1)).toMatchObject({ destination: 'Acme Corp · #ios-releases' });
  });

  it('finishes two that one browser has on their way', async () => {
    const organizationId = newOrganization();
    on.grants('slack');
    const first = await on.begin(organizationId, { projectId: null, name: 'One' });
    const second = await on.api.call<{ authorizeUrl: string }>(organizationId, 'POST /integrations/oauth/slack', {
      body: { projectId: null, name: 'Two' },
      headers: { cookie: first.cookie },
    });
    expect(second.headers.getSetCookie()[0]).toContain(first.cookie);
    const state = new URL(second.body.authorizeUrl).searchParams.get('state')!;
    for (const one of [state, first.state])
      expect(await on.comeBack({ code: 'c', state: one }, first.cookie)).toHaveProperty('connected');
    expect((await on.listed(organizationId)).map(({ name }) => name)).toEqual(['One', 'Two']);
  });
});

describe('what may not be begun', () => {
  it.each<[string, string, Record<string, unknown>, number, string]>([
    ['without a route', 'slack', {}, 400, 'projectId'],
    ['with a project that is no id', 'slack', { projectId: 'x' }, 400, 'projectId'],
    ['with an unknown field', 'slack', { projectId: null, redirect: 'https://evil.example' }, 400, 'redirect'],
    ['with an unknown project', 'slack', { projectId: uuidv7() }, 422, 'projectId'],
    ['with a list for a name', 'slack', { projectId: null, name: ['x'] }, 400, 'name'],
    ['for a webhook', 'webhook', { projectId: null }, 422, 'provider'],
  ])('%s', async (_case, kind, body, status, field) => {
    const before = await on.states();
    const answer = await on.api.call<{ errors: { field: string }[] }>(
      newOrganization(),
      `POST /integrations/oauth/${kind}`,
      { body },
    );
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([status, field]);
    expect(await on.states()).toBe(before);
  });

  it('by a role that may not, for another provider, or for another organization’s', async () => {
    const [organizationId, other] = [newOrganization(), newOrganization()];
    const id = (await on.connect(other))['connected']!;
    const status = async (request: string, body: unknown, role?: 'developer'): Promise<number> =>
      (await on.api.call(organizationId, request, { body, role })).status;
    expect(await status('POST /integrations/oauth/slack', { projectId: null }, 'developer')).toBe(403);
    expect(await status('POST /integrations/oauth/github', { projectId: null })).toBe(404);
    expect(await status('POST /integrations/oauth/slack', { projectId: null, integrationId: id })).toBe(404);
    expect(await status('POST /integrations/oauth/slack', { projectId: await on.topics.project(other) })).toBe(422);
    const own = (await on.connect(organizationId))['connected']!;
    expect(await status('POST /integrations/oauth/discord', { projectId: null, integrationId: own })).toBe(422);
    const patched = await on.api.call(organizationId, `PATCH /integrations/${own}`, {
      body: { credentials: { url: 'https://x.example' } },
    });
    expect([patched.status, JSON.stringify(patched.body)]).toEqual([422, expect.stringContaining('signing in there')]);
  });
});

it('nothing secret of it is in a log, an answer or a row', async () => {
  const organizationId = newOrganization();
  await on.connect(organizationId);
  const { state, cookie } = await on.begin(organizationId);
  on.provider.answerWith(answerJson({ ok: false, error: 'slack-client-secret <the-code>' }));
  await on.comeBack({ code: 'the-code', state }, cookie);
  const rows = await on.api.dataSource.query<unknown[]>('SELECT * FROM integrations WHERE organization_id = $1', [
    organizationId,
  ]);
  const all = [...on.api.log, JSON.stringify(rows), JSON.stringify(await on.listed(organizationId))].join('\n');
  for (const secret of [
    'slack-webhook-secret',
    'xoxb-never-kept',
    'slack-client-secret',
    'the-code',
    cookie.split('=')[1]!,
    state,
  ])
    expect(all).not.toContain(secret);
});
