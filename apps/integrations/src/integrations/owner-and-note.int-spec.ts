import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIVITY, INTEGRATION_STATE, parseEvent, uuidv7, type Activity } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, Integration, IntegrationPage } from './integration.dto.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
let states: InboundRecord[];
let told: InboundRecord[];

beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
  states = topics.follow(INTEGRATION_STATE.topic);
  told = topics.follow(ACTIVITY.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

type Answered = Integration & { errors?: { field: string }[] };

const newOrganization = (): string => `org-${uuidv7()}`;
const ABOUT = { owner: 'Ada Lovelace, ada@example.com', note: 'For the QA team.\n\n\tQuiet from 22:00.' };
const NOTHING = { owner: null, note: null };

async function create(organizationId: string, about: object = {}): Promise<CreatedIntegration> {
  const body = buildWebhook({ ...about });
  const answer = await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

const patch = (organizationId: string, id: string, body: unknown) =>
  api.call<Answered>(organizationId, `PATCH /integrations/${id}`, { body });

const aboutOf = ({ owner, note }: Integration) => ({ owner, note });

const saved = async (organizationId: string, id: string) =>
  aboutOf((await api.call<Integration>(organizationId, `GET /integrations/${id}`)).body);

const changesOf = (organizationId: string): Activity['changes'][] =>
  told
    .filter(({ key }) => key === organizationId)
    .map((record) => parseEvent(ACTIVITY, record).changes.filter(({ field }) => field === 'owner' || field === 'note'));

describe('the owner and the note of an integration', () => {
  it('are created, changed and removed; what is left out stays', async () => {
    const organizationId = newOrganization();
    const made = await create(organizationId, ABOUT);
    expect(aboutOf(made)).toEqual(ABOUT);
    expect(await saved(organizationId, made.id)).toEqual(ABOUT);
    const { body: list } = await api.call<IntegrationPage>(organizationId, 'GET /integrations');
    expect(list.items.map(aboutOf)).toEqual([ABOUT]);
    expect(aboutOf((await patch(organizationId, made.id, { name: 'Renamed' })).body)).toEqual(ABOUT);
    expect(aboutOf((await patch(organizationId, made.id, { owner: 'Bob' })).body)).toEqual({ ...ABOUT, owner: 'Bob' });
    expect(aboutOf((await patch(organizationId, made.id, { note: null })).body)).toEqual({ owner: 'Bob', note: null });
    expect(aboutOf((await patch(organizationId, made.id, { owner: null })).body)).toEqual(NOTHING);
    expect(await saved(organizationId, made.id)).toEqual(NOTHING);
  });

  it('are null where nobody wrote them', async () => {
    const organizationId = newOrganization();
    expect(aboutOf(await create(organizationId))).toEqual(NOTHING);
    expect(aboutOf(await create(organizationId, NOTHING))).toEqual(NOTHING);
  });

  it('are told old and new by the activity, and by no state of the integration', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId, ABOUT);
    await patch(organizationId, id, { owner: 'Bob', note: null });
    await eventually(() =>
      expect(changesOf(organizationId)).toEqual([
        [
          { field: 'owner', before: null, after: ABOUT.owner },
          { field: 'note', before: null, after: ABOUT.note },
        ],
        [
          { field: 'owner', before: ABOUT.owner, after: 'Bob' },
          { field: 'note', before: ABOUT.note, after: null },
        ],
      ]),
    );
    const own = (): InboundRecord[] => states.filter(({ key }) => key === id);
    await eventually(() => expect(own().map((record) => parseEvent(INTEGRATION_STATE, record).version)).toContain(2));
    for (const { value } of own()) {
      expect(JSON.parse(String(value))).not.toHaveProperty('owner');
      expect(String(value)).not.toMatch(/Lovelace|Quiet from/);
    }
  });

  it('are written as they are seen: trimmed, with one kind of line end, whole characters, any script', async () => {
    const organizationId = newOrganization();
    const made = await create(organizationId, { owner: '  فريق الإصدار 👩🏽‍💻 ', note: '\r\n1\r\n2\r3\ud83d \n' });
    expect(aboutOf(made)).toEqual({ owner: 'فريق الإصدار 👩🏽‍💻', note: '1\n2\n3\ufffd' });
    const longest = { owner: '👍'.repeat(200), note: '👍'.repeat(1_000) };
    expect(aboutOf(await create(organizationId, longest))).toEqual(longest);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an owner of 201 characters', { owner: '👍'.repeat(201) }],
    ['an empty owner', { owner: ' ' }],
    ['an owner of two lines', { owner: 'Ada\nBob' }],
    ['an owner with a NUL', { owner: 'A\u0000da' }],
    ['an owner that turns the order', { owner: 'Ada\u202e' }],
    ['a number for an owner', { owner: 5 }],
    ['a list of owners', { owner: ['Ada'] }],
    ['a note of 1,001 characters', { note: 'x'.repeat(1_001) }],
    ['an empty note', { note: '\n' }],
    ['a note with a NUL', { note: 'a\u0000b' }],
    ['a note with a zero-width space', { note: 'a\n\u200bb' }],
    ['a note that turns the order', { note: '\u2066a' }],
    ['an object for a note', { note: { text: 'a' } }],
  ])('are refused: %s', async (_, about) => {
    const organizationId = newOrganization();
    const [field] = Object.keys(about);
    const { status, body } = await api.call<Answered>(organizationId, 'POST /integrations', {
      body: buildWebhook(about),
    });
    expect([status, [...new Set(body.errors?.map((error) => error.field))]]).toEqual([400, [field]]);
    const { id } = await create(organizationId, ABOUT);
    expect((await patch(organizationId, id, about)).status).toBe(400);
    expect(await saved(organizationId, id)).toEqual(ABOUT);
  });

  it('are another organization’s to see and to change no more than the integration is, nor a viewer’s to change', async () => {
    const [organizationId, other] = [newOrganization(), newOrganization()];
    const { id } = await create(organizationId, ABOUT);
    expect((await api.call(other, `GET /integrations/${id}`)).status).toBe(404);
    expect((await patch(other, id, NOTHING)).status).toBe(404);
    const asViewer = { body: NOTHING, role: 'viewer' } as const;
    expect((await api.call(organizationId, `PATCH /integrations/${id}`, asViewer)).status).toBe(403);
    expect(await saved(organizationId, id)).toEqual(ABOUT);
  });
});
