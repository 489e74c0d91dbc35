import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTEGRATION_STATE, parseEvent, uuidv7, type IntegrationState } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, Integration } from './integration.dto.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
let onTopic: InboundRecord[];

beforeAll(async () => {
  api = await startIntegrations({ SMTP_URL: 'smtp://releases:p4ssw0rd@mail.example.com' });
  await ready(api);
  onTopic = topics.follow(INTEGRATION_STATE.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const buildEmail = (recipients: unknown, more = {}) => ({
  provider: 'email',
  name: 'Release mails',
  projectId: null,
  credentials: { recipients },
  ...more,
});
const newOrganization = (): string => `org-${uuidv7()}`;

async function sealedIn(organizationId: string, id: string, version: number): Promise<unknown> {
  const state = await eventually((): IntegrationState => {
    const states = onTopic.filter(({ key, value }) => key === id && value !== null);
    const found = states.map((record) => parseEvent(INTEGRATION_STATE, record)).find((one) => one.version === version);
    if (!found) throw new Error(`no version ${version} on the topic`);
    return found;
  });
  expect(JSON.stringify(state)).not.toMatch(/lovelace|hopper/);
  const context = {
    organizationId,
    integrationId: id,
    purpose: 'credentials',
    version: state.credentialsVersion,
  } as const;
  return api.opener.open(context, state.credentials);
}

describe('email', () => {
  it('is offered where there is a mail server', async () => {
    const { body } = await api.call<{ items: Record<string, unknown>[] }>('acme', 'GET /providers');
    expect(body.items.find(({ id }) => id === 'email')).toMatchObject({
      id: 'email',
      name: 'Email',
      setup: 'form',
      status: 'available',
      missing: [],
      fields: [{ name: 'recipients', label: 'Recipients', type: 'emails', required: true }],
    });
    expect(JSON.stringify(body)).not.toContain('p4ssw0rd');
  });

  it('is connected by a list of recipients, who are sealed and shown masked', async () => {
    const organizationId = newOrganization();
    const body = buildEmail(['Lovelace@example.com', 'hopper@example.org', 'lovelace@example.com']);
    const created = await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body });
    expect(created).toMatchObject({ status: 201, body: { destination: 'l…@example.com +1' } });
    expect(created.body).not.toHaveProperty('signingSecret');
    expect(await sealedIn(organizationId, created.body.id, 1)).toEqual({
      recipients: ['lovelace@example.com', 'hopper@example.org'],
    });
    const changes = { credentials: { recipients: ['hopper@example.org'] } };
    const changed = await api.call<Integration>(organizationId, `PATCH /integrations/${created.body.id}`, {
      body: changes,
    });
    expect(changed).toMatchObject({ status: 200, body: { destination: 'h…@example.org' } });
    expect(await sealedIn(organizationId, created.body.id, 2)).toEqual({ recipients: ['hopper@example.org'] });
    expect(api.log.join('')).not.toMatch(/lovelace|hopper|p4ssw0rd/i);
  });

  it.each<[string, unknown, string]>([
    ['no recipients', buildEmail([]), 'credentials.recipients'],
    ['a second header', buildEmail(['ada@example.com\r\nBcc: eve@example.com']), 'credentials.recipients'],
    ['a display name', buildEmail(['Ada <ada@example.com>']), 'credentials.recipients'],
    ['several at once', buildEmail(['ada@example.com'], { concurrency: 4 }), 'concurrency'],
  ])('refuses %s', async (_case, body, field) => {
    const { status, body: problem } = await api.call(newOrganization(), 'POST /integrations', { body });
    expect([status, problem['errors']]).toMatchObject([expect.any(Number), [{ field }]]);
    expect([400, 422]).toContain(status);
  });
});
