import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConnectionsApi, newOrganization, type Kind } from './connections-api.suite.js';
import type { OAuthFaultCode } from './oauth-fault.js';
import { answerJson, discordAnswer, slackAnswer, type TokenAnswer } from './oauth-provider.suite.js';
import { tokenCall } from './token-call.js';

let on: ConnectionsApi;
beforeAll(async () => {
  on = await ConnectionsApi.start();
});
afterEach(() => {
  on.provider.asked.length = 0;
});
afterAll(() => on?.close());

describe('a way back that is refused stores nothing', () => {
  const refused = async (
    organizationId: string,
    query: Record<string, string> | string,
    cookie: string,
    kind: Kind = 'slack',
  ): Promise<string | undefined> => {
    const { connect_error: code, ...rest } = await on.comeBack(query, cookie, kind);
    expect(rest).toEqual({ provider: kind });
    expect(await on.listed(organizationId)).toEqual([]);
    return code;
  };

  it('when it was denied, and then the state is used up', async () => {
    const organizationId = newOrganization();
    const { state, cookie } = await on.begin(organizationId);
    const denied = { error: 'access_denied', error_description: '<script>', state };
    expect(await refused(organizationId, denied, cookie)).toBe('access_denied');
    expect(await refused(organizationId, { code: 'c', state }, cookie)).toBe('state_unknown');
  });

  it('when it comes a second time', async () => {
    const organizationId = newOrganization();
    on.grants('slack');
    const { state, cookie } = await on.begin(organizationId);
    expect(await on.comeBack({ code: 'c', state }, cookie)).toHaveProperty('connected');
    expect((await on.comeBack({ code: 'c', state }, cookie))['connect_error']).toBe('state_unknown');
    expect(await on.listed(organizationId)).toHaveLength(1);
  });

  it('when ten minutes are over', async () => {
    const organizationId = newOrganization();
    const { state, cookie } = await on.begin(organizationId);
    await on.api.dataSource.query(`UPDATE oauth_states SET expires_at = now() - interval '1 second'`);
    expect(await refused(organizationId, { code: 'c', state }, cookie)).toBe('state_expired');
    expect(on.provider.asked).toEqual([]);
  });

  it('when another browser brings it, with another cookie or with none', async () => {
    const organizationId = newOrganization();
    on.grants('slack');
    const other = await on.begin(newOrganization());
    for (const cookie of ['', other.cookie, 'nitropush-connect=x', `${other.cookie}x`]) {
      const { state } = await on.begin(organizationId);
      expect(await refused(organizationId, { code: 'c', state }, cookie)).toBe('other_browser');
    }
    expect(on.provider.asked).toEqual([]);
  });

  it('when it is of the other provider, made up, or not there', async () => {
    const organizationId = newOrganization();
    on.grants('discord');
    const { state, cookie } = await on.begin(organizationId);
    expect(await refused(organizationId, { code: 'c', state }, cookie, 'discord')).toBe('state_unknown');
    expect(await refused(organizationId, { code: 'c', state: 'A'.repeat(43) }, cookie)).toBe('state_unknown');
    expect(await refused(organizationId, { code: 'c', state: 'A'.repeat(10_000) }, cookie)).toBe('state_unknown');
    expect(await refused(organizationId, { code: 'c' }, cookie)).toBe('state_unknown');
    expect(await refused(organizationId, `code=c&state=${state}&state=x`, cookie)).toBe('state_unknown');
    expect(await refused(organizationId, `code[a]=c&state[]=x`, cookie)).toBe('state_unknown');
    expect(on.provider.asked).toEqual([]);
  });

  it('keeps no handle in the clear', async () => {
    const { state } = await on.begin(newOrganization());
    const rows = await on.api.dataSource.query<unknown[]>(
      'SELECT encode(handle_hash, $1) AS hash, * FROM oauth_states',
      ['escape'],
    );
    expect(JSON.stringify(rows)).not.toContain(state);
  });

  it.each<[string, TokenAnswer, OAuthFaultCode]>([
    ['says no with 200', answerJson({ ok: false, error: 'invalid_code' }), 'provider_refused'],
    ['says no with 400', answerJson({ error: 'invalid_grant' }, 400), 'provider_refused'],
    ['fails', answerJson({}, 503), 'provider_unavailable'],
    ['asks for patience', answerJson({}, 429), 'provider_unavailable'],
    ['redirects', answerJson({}, 302, { location: 'http://127.0.0.1:1/' }), 'provider_unavailable'],
    ['answers no JSON', (_form, response) => void response.end('<html>'), 'provider_unavailable'],
    ['answers a list', answerJson([]), 'provider_unavailable'],
    ['answers for ever', (_form, response) => void response.end(Buffer.alloc(200_000, ' ')), 'provider_unavailable'],
    ['hangs up', (_form, _response, request) => void request.socket.destroy(), 'provider_unavailable'],
    [
      'gives no webhook',
      (_form, response) =>
        answerJson({ ...slackAnswer(''), incoming_webhook: undefined })(_form, response, null as never),
      'no_webhook',
    ],
    ['names another host', answerJson(slackAnswer('https://evil.example')), 'address_forbidden'],
    [
      'names no address',
      answerJson(slackAnswer('', { incoming_webhook: { channel: '#x', url: 'nonsense' } })),
      'address_forbidden',
    ],
  ])('when Slack %s', async (_case, answer, code) => {
    const organizationId = newOrganization();
    const { state, cookie } = await on.begin(organizationId);
    on.provider.answerWith(answer);
    expect(await refused(organizationId, { code: 'c', state }, cookie)).toBe(code);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no webhook', discordAnswer({ webhook: undefined })],
    ['an id that leads elsewhere', discordAnswer({ webhook: { id: '../../users/@me', token: 'x' } })],
    ['a token that leads elsewhere', discordAnswer({ webhook: { id: '123456789012345678', token: 'a/../b' } })],
  ])('when Discord gives %s', async (_case, answer) => {
    const organizationId = newOrganization();
    const { state, cookie } = await on.begin(organizationId, undefined, 'discord');
    on.provider.answerWith(answerJson(answer));
    expect(await refused(organizationId, { code: 'c', state }, cookie, 'discord')).toBe('no_webhook');
  });

  it('when the integration to reconnect is gone by then', async () => {
    const organizationId = newOrganization();
    const id = (await on.connect(organizationId))['connected']!;
    const { state, cookie } = await on.begin(organizationId, { projectId: null, integrationId: id });
    await on.api.call(organizationId, `DELETE /integrations/${id}`);
    expect(await refused(organizationId, { code: 'c', state }, cookie)).toBe('integration_missing');
  });
});

it('a provider that drips its answer is given no more than its time', async () => {
  on.provider.answerWith((_form, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  // it would drip for longer than the test may take
  await expect(tokenCall(`${on.provider.origin}/token`, { code: 'c' }, 300)).rejects.toMatchObject({
    code: 'provider_unavailable',
  });
});
