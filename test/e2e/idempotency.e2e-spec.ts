import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { expectProblem } from './support/problem.js';
import { webhookInput as webhook } from './support/webhook-input.js';

let api: Api;
let projectId: string;
beforeAll(async () => {
  api = await Api.signIn();
  projectId = (await api.project()).id;
});

describe('an Idempotency-Key', () => {
  it('makes a repetition answer as before and do nothing', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = await Promise.all([
      api.call('POST', '/projects', { name: 'Once' }, key),
      api.call('POST', '/projects', { name: 'Once' }, key),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body).toEqual(second.body);
    expect([first, second].filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(1);
    expectProblem(await api.call('POST', '/projects', { name: 'Twice' }, key), 422, 'Idempotency-Key');
    const release = { 'idempotency-key': randomUUID() };
    const made = await api.call(
      'POST',
      `/projects/${projectId}/releases`,
      { environment: 'prod', version: '7.7' },
      release,
    );
    expect(
      await api.call('POST', `/projects/${projectId}/releases`, { environment: 'prod', version: '7.7' }, release),
    ).toMatchObject({ status: 201, body: made.body });
  });

  it('never repeats a signing secret', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await api.call('POST', '/integrations', webhook(), key);
    expect(first.body['signingSecret']).toMatch(/^whsec_/);
    const { signingSecret: _shownOnce, ...rest } = first.body;
    expect((await api.call('POST', '/integrations', webhook(), key)).body).toEqual(rest);
  });
});
