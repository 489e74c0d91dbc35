import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELEASE_EVENTS, parseReleaseEvent, uuidv7, type ReleaseEvent } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { TopicFollower } from '../../../../test/support/topic-follower.js';
import { ReleasesApi, fieldsOf, newOrganization, outboxEmpty, type Organization } from '../releases-api.suite.js';
import type { Release, ReleasePage } from './release.dto.js';

const topics = new TopicFollower();
let api: ReleasesApi;
let org: Organization;
let projectId: string;
let onTopic: InboundRecord[];
beforeAll(async () => {
  api = await ReleasesApi.start();
  org = newOrganization(api);
  projectId = (await org.project()).id;
  await outboxEmpty(api); // the topics are there
  onTopic = topics.follow(RELEASE_EVENTS.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const TRACEPARENT = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
const recordsOf = (id: string): InboundRecord[] => onTopic.filter(({ headers }) => headers['ce_subject'] === id);
/** The events about a release, when there are as many. */
const eventsOf = (id: string, count: number): Promise<ReleaseEvent[]> =>
  eventually(() => {
    const records = recordsOf(id);
    if (records.length < count) throw new Error(`${records.length} of ${count} events`);
    return records.map((record) => parseReleaseEvent(record));
  });
const newProject = async (): Promise<string> => (await org.project()).id;
const released = (overrides: Record<string, unknown> = {}): Promise<Release> => org.release(projectId, overrides);
const unique = (): string => `1.${uuidv7()}`;

describe('a new release', () => {
  it('is answered whole, and told to everybody with the caller’s trace', async () => {
    const given = {
      environment: 'stage',
      version: unique(),
      description: 'Faster start 🚀 "quoted"\n',
      mandatory: true,
      rolloutPercentage: 25,
    };
    const release = await org.release(projectId, given, { headers: { traceparent: TRACEPARENT } });
    expect(release).toEqual({
      ...given,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as unknown,
      projectId,
      revision: 1,
      promotedFromId: null,
      createdAt: release.updatedAt,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    });
    expect((await org.call(`GET /releases/${release.id}`)).body).toEqual(release);
    const [event] = await eventsOf(release.id, 1);
    const { id, environment, version, mandatory, description, rolloutPercentage, revision } = release;
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as unknown,
      type: 'release.created',
      time: release.createdAt,
      data: {
        organizationId: org.id,
        project: { id: projectId, name: 'NitroPush iOS' },
        release: { id, version, environment, mandatory, description, rolloutPercentage, revision },
        previous: null,
        actor: { id: 'user-1', name: 'Ada' },
        url: `https://admin.example.com/projects/${projectId}/releases/${id}`,
      },
    });
    const record = recordsOf(id)[0]!;
    expect([record.key, record.headers['ce_source'], record.headers['traceparent']]).toEqual([
      projectId,
      '/nitropush/releases',
      TRACEPARENT,
    ]);
  });

  it('has defaults for what is left out', async () => {
    expect(await released({ version: unique() })).toMatchObject({
      description: null,
      mandatory: false,
      rolloutPercentage: 100,
    });
  });

  it.each<[string, string]>([
    ['4,000 emoji', '🚀'.repeat(4_000)],
    ['4,000 letters with accents of their own', 'e\u0301'.repeat(2_000)],
    ['the text that stands for the project’s name', '\u0001project-name\u0001'],
    ['half of an emoji', 'a\ud83db'],
    ['quotes and backslashes', '"\\"\\\\"'],
  ])('may be described with %s, and everybody can read the event', async (_, description) => {
    const project = await org.project('Name with "quotes" \\ 🚀');
    const release = await org.release(project.id, { version: unique(), description });
    const stored = (await org.call<Release>(`GET /releases/${release.id}`)).body.description;
    const [event] = await eventsOf(release.id, 1);
    expect(event?.data).toMatchObject({ project: { name: project.name }, release: { description: stored } });
    expect([release.description, stored]).toEqual([description.toWellFormed(), description.toWellFormed()]);
  });

  it('is there once, however many ask for it at the same moment', async () => {
    const body = { environment: 'test', version: unique() };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => org.call<Release>(`POST /projects/${projectId}/releases`, { body })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map((answer) => fieldsOf(answer.body as never))).toEqual(Array(29).fill('version'));
    const { body: made } = answers.find(({ status }) => status === 201)!;
    await eventsOf(made.id, 1);
    const versions = onTopic.filter(({ value }) => String(value).includes(body.version));
    expect(versions).toHaveLength(1);
  });

  it('does not suffer from what others ask for in the same moment', async () => {
    const [mine, others] = [await newProject(), newOrganization(api)];
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, n) =>
        org.call(`POST /projects/${mine}/releases`, { body: { environment: 'test', version: `1.${n}` } }),
      ),
      ...Array.from({ length: 20 }, (_, n) =>
        others.call(`POST /projects/${mine}/releases`, { body: { environment: 'prod', version: `1.${n}` } }),
      ),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(201), ...Array(20).fill(404)]);
  });

  it('is logged in one line, without its description', async () => {
    const release = await released({ version: unique(), description: 'nobody logs this' });
    const lines = api.log.filter((line) => line['releaseId'] === release.id);
    expect(lines).toMatchObject([
      { event: 'release.accepted', type: 'release.created', projectId, version: release.version, environment: 'test' },
    ]);
    expect(JSON.stringify(api.log)).not.toContain('nobody logs this');
  });

  it('is logged once, however often it is asked for under its key', async () => {
    const body = { environment: 'test', version: unique() };
    const ask = () =>
      org.call<{ id: string }>(`POST /projects/${projectId}/releases`, {
        body,
        headers: { 'idempotency-key': body.version },
      });
    const answers = [await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(api.log.filter((line) => line['releaseId'] === answers[0]!.body.id)).toHaveLength(1);
  });
});

describe('a promotion', () => {
  it('goes up one environment at a time, and the revision grows along', async () => {
    const created = await released({ version: unique(), description: 'x', mandatory: true, rolloutPercentage: 10 });
    const staged = await org.must<Release>(`POST /releases/${created.id}/promote`, { body: {} });
    const live = await org.must<Release>(`POST /releases/${staged.id}/promote`, { body: { rolloutPercentage: 5 } });
    const { version } = created;
    const same = { version, description: 'x', mandatory: true };
    expect(staged).toMatchObject({
      ...same,
      environment: 'stage',
      rolloutPercentage: 100,
      revision: 2,
      promotedFromId: created.id,
    });
    expect(live).toMatchObject({
      ...same,
      environment: 'prod',
      rolloutPercentage: 5,
      revision: 3,
      promotedFromId: staged.id,
    });
    const [event] = await eventsOf(live.id, 1);
    expect(event).toMatchObject({
      type: 'release.promoted',
      time: live.createdAt,
      data: { release: { revision: 3 }, previous: { environment: 'stage', rolloutPercentage: null } },
    });
    const again = await org.call(`POST /releases/${created.id}/promote`, { body: {} });
    expect([again.status, fieldsOf(again.body)]).toEqual([409, 'version']);
  });

  it('needs no body', async () => {
    const { id } = await released({ version: unique() });
    expect(await org.must(`POST /releases/${id}/promote`)).toMatchObject({ environment: 'stage' });
  });

  it.each<[string, string, unknown, number]>([
    ['from prod', 'prod', {}, 422],
    ['to the same', 'stage', { environment: 'stage' }, 422],
    ['downwards', 'stage', { environment: 'test' }, 422],
    ['to the moon', 'stage', { environment: 'moon' }, 400],
    ['to null', 'stage', { environment: null }, 400],
  ])('%s is refused', async (_, environment, body, status) => {
    const { id } = await released({ environment, version: unique() });
    const answer = await org.call(`POST /releases/${id}/promote`, { body });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([status, 'environment']);
  });
});

describe('a rollout', () => {
  it('is told with what it was before; the same again is told to nobody', async () => {
    const { id } = await released({ version: unique(), rolloutPercentage: 10 });
    const patch = (rolloutPercentage: number): Promise<Release> =>
      org.must<Release>(`PATCH /releases/${id}/rollout`, { body: { rolloutPercentage } });
    const changed = await patch(50);
    expect(changed).toMatchObject({ rolloutPercentage: 50, revision: 2 });
    expect(await patch(50)).toEqual(changed);
    await patch(0);
    const events = await eventsOf(id, 3);
    expect(events.map(({ type, data }) => [type, data.release.revision, data.previous])).toEqual([
      ['release.created', 1, null],
      ['release.rollout_changed', 2, { environment: null, rolloutPercentage: 10 }],
      ['release.rollout_changed', 3, { environment: null, rolloutPercentage: 50 }],
    ]);
    expect(events[1]!.time).toBe(changed.updatedAt);
  });

  it('loses none of several changes at once, and they are told in the order of their revisions', async () => {
    const { id } = await released({ version: unique(), rolloutPercentage: 100 });
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        org.must(`PATCH /releases/${id}/rollout`, { body: { rolloutPercentage: n } }),
      ),
    );
    const events = await eventsOf(id, 13);
    expect(events.map(({ data }) => data.release.revision)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1));
    for (const [index, { data }] of events.entries())
      expect(data.previous?.rolloutPercentage).toBe(events[index - 1]?.data.release.rolloutPercentage);
  });

  it.each([[undefined], [{}], [{ rolloutPercentage: 101 }], [{ rolloutPercentage: -1 }], [{ rolloutPercentage: 1.5 }]])(
    'of %j is refused',
    async (body) => {
      const { id } = await released({ version: unique() });
      const answer = await org.call(`PATCH /releases/${id}/rollout`, { body });
      expect([answer.status, fieldsOf(answer.body)]).toEqual([400, 'rolloutPercentage']);
    },
  );
});

describe('the list of releases', () => {
  it('is newest first, by environment, in pages that miss and repeat none', async () => {
    const project = await newProject();
    const made: Release[] = [];
    for (let n = 0; n < 7; n += 1)
      made.unshift(await org.release(project, { version: `1.${n}`, environment: n % 2 === 0 ? 'test' : 'prod' }));
    const pages = async (query: string): Promise<Release[]> => {
      const items: Release[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: ReleasePage = await org.must(
          `GET /projects/${project}/releases?limit=2${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        expect(page.items.length).toBeGreaterThan(0);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    };
    expect(await pages('')).toEqual(made);
    expect(await pages('&environment=test')).toEqual(made.filter(({ environment }) => environment === 'test'));
    expect(await org.must(`GET /projects/${project}/releases?environment=stage`)).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});
