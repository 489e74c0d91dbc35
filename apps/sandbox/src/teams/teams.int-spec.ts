import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelWithMessages } from '../chat/chat.dto.js';
import { startSandbox } from '../start-sandbox.suite.js';

let origin: string;
let app: NestExpressApplication;
beforeAll(async () => {
  ({ app, origin } = await startSandbox());
});
afterAll(() => app.close());

const CARD = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'hello' }] },
    },
  ],
};

const apiOf = (channel: string): string => `${origin}/api/teams/channels/${encodeURIComponent(channel)}`;
const seen = async (channel: string): Promise<ChannelWithMessages> =>
  (await fetch(apiOf(channel))).json() as Promise<ChannelWithMessages>;
const workflow = async (channel: string): Promise<string> => origin + (await seen(channel)).address!;
const json = (method: string, url: string, body: unknown): Promise<Response> =>
  fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const post = (url: string, body: unknown = CARD): Promise<Response> => json('POST', url, body);
const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];

describe('a workflow', () => {
  it('begins with 202, and shows the card', async () => {
    const response = await post(await workflow('#takes'));
    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(response.headers.get('x-ms-workflow-run-id')).toMatch(/^0858/);
    expect(await seen('#takes')).toMatchObject({ received: 1, refused: 0, items: [{ payload: CARD }] });
    expect((await seen('#takes')).items[0]).not.toHaveProperty('problem');
  });

  it('begins with 202 as well where the message is of another form, and shows nothing of it', async () => {
    expect((await post(await workflow('#odd'), { type: 'release.created' })).status).toBe(202);
    expect((await seen('#odd')).items).toMatchObject([{ problem: expect.stringMatching(/not a message/) as string }]);
  });

  it.each<[string, (url: string) => string, number, string]>([
    ['no signature', (url) => url.replace(/&sig=.*/, ''), 401, 'DirectApiAuthorizationRequired'],
    ['another signature', (url) => `${url}x`, 401, 'DirectApiInvalidAuthorizationSignature'],
    ['no version', (url) => url.replace('api-version=1&', ''), 400, 'MissingApiVersionParameter'],
    ['another workflow', (url) => url.replace(/workflows\/../, 'workflows/zz'), 404, 'WorkflowNotFound'],
  ])('is not begun at a URL with %s', async (_case, changed, status, code) =>
    expect(await codeOf(await post(changed(await workflow('#wrong'))))).toEqual([status, code]),
  );

  it('is not begun by what is not JSON', async () => {
    const text = await fetch(await workflow('#text'), { method: 'POST', body: 'hello' });
    expect(await codeOf(text)).toEqual([400, 'InvalidRequestContent']);
  });

  it.each<[string, number, string]>([
    ['deleted', 404, 'WorkflowNotFound'],
    ['archived', 403, 'AuthorizationFailed'],
    ['error', 500, 'InternalServerError'],
    ['rate-limited', 429, 'WorkflowRequestsThrottled'],
  ])('that is switched to %s answers %i %s', async (mode, status, code) => {
    const url = await workflow(`#is-${mode}`);
    await json('PUT', `${apiOf(`#is-${mode}`)}/behaviour`, { mode, retryAfterSeconds: 17 });
    const response = await post(url);
    expect(response.headers.get('retry-after')).toBe(mode === 'rate-limited' ? '17' : null);
    expect(await codeOf(response)).toEqual([status, code]);
    expect(await seen(`#is-${mode}`)).toMatchObject({ received: 0, refused: 1 });
  });

  it('that is turned off says so, and one that is made after that works', async () => {
    const url = await workflow('#off');
    await json('PUT', `${apiOf('#off')}/behaviour`, { mode: 'revoked' });
    expect(await codeOf(await post(url))).toEqual([400, 'WorkflowTriggerIsNotEnabled']);
    const next = await workflow('#off');
    expect((await post(next)).status).toBe(202);
  });

  it('takes about four messages a second', async () => {
    const url = await workflow('#fast');
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await post(url)).status));
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(5);
    expect(statuses).toContain(429);
  });

  it('is nothing that one signs in at', async () => {
    const body = { authorizeUrl: `${origin}/teams/authorize`, channel: '#ops' };
    expect((await json('POST', `${origin}/api/teams/approve`, body)).status).toBe(404);
  });
});
