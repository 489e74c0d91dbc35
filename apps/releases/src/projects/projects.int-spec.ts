import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_STATE, parseEvent, type ProjectState } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { TopicFollower } from '../../../../test/support/topic-follower.js';
import { ReleasesApi, newOrganization, outboxEmpty } from '../releases-api.suite.js';
import type { Project, ProjectPage } from './project.dto.js';

const topics = new TopicFollower();
let api: ReleasesApi;
let onTopic: InboundRecord[];
beforeAll(async () => {
  api = await ReleasesApi.start();
  await newOrganization(api).project();
  await outboxEmpty(api); // the topics are there
  onTopic = topics.follow(PROJECT_STATE.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const statesOf = (id: string, count: number): Promise<ProjectState[]> =>
  eventually(() => {
    const records = onTopic.filter(({ key }) => key === id);
    if (records.length < count) throw new Error(`${records.length} of ${count} states`);
    return records.map((record) => parseEvent(PROJECT_STATE, record));
  });

describe('a project', () => {
  it('is answered whole and its state is on project.state, also after a rename', async () => {
    const org = newOrganization(api);
    const created = await org.must<Project>('POST /projects', { body: { name: '  NitroPush iOS ' } });
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as unknown,
      name: 'NitroPush iOS',
      createdAt: created.updatedAt,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    });
    const renamed = await org.must<Project>(`PATCH /projects/${created.id}`, { body: { name: 'Renamed' } });
    expect(renamed).toEqual({ ...created, name: 'Renamed', updatedAt: renamed.updatedAt });
    expect(await org.must(`GET /projects/${created.id}`)).toEqual(renamed);
    const state = { id: created.id, organizationId: org.id };
    expect(await statesOf(created.id, 2)).toEqual([
      { ...state, name: 'NitroPush iOS' },
      { ...state, name: 'Renamed' },
    ]);
  });

  it.each<[string, string]>([
    ['200 letters', 'x'.repeat(200)],
    ['200 emoji', '🚀'.repeat(200)],
    ['100 hearts of two code points', '❤️'.repeat(100)],
    ['half of an emoji', 'a\ud83db'],
    ['quotes and backslashes', '"\\"'],
  ])('named with %s is known by that name to everybody', async (_, name) => {
    const org = newOrganization(api);
    const { id } = await org.project(name);
    const [[state], stored] = [await statesOf(id, 1), await org.must<Project>(`GET /projects/${id}`)];
    expect([state!.name, stored.name]).toEqual([name.toWellFormed(), name.toWellFormed()]);
  });

  it('may have no name that the others could not read', async () => {
    const { status } = await newOrganization(api).call('POST /projects', { body: { name: '❤️'.repeat(101) } });
    expect(status).toBe(400);
  });

  it('comes in a list that is newest first', async () => {
    const org = newOrganization(api);
    const made: Project[] = [];
    for (const name of ['A', 'B', 'C']) made.unshift(await org.project(name));
    const first = await org.must<ProjectPage>('GET /projects?limit=2');
    expect(first.items).toEqual(made.slice(0, 2));
    expect(await org.must(`GET /projects?limit=2&cursor=${first.nextCursor}`)).toEqual({
      items: made.slice(2),
      nextCursor: null,
    });
  });
});
