import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACTIVITY,
  RELEASE_EVENTS,
  parseEvent,
  parseReleaseEvent,
  type Activity,
  type ReleaseEvent,
} from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { TopicFollower } from '../../../../test/support/topic-follower.js';
import { ReleasesApi, fieldsOf, newOrganization, outboxEmpty, type Organization } from '../releases-api.suite.js';
import type { Release } from './release.dto.js';

const topics = new TopicFollower();
let api: ReleasesApi;
let org: Organization;
let projectId: string;
let events: InboundRecord[];
let activity: InboundRecord[];
beforeAll(async () => {
  api = await ReleasesApi.start();
  org = newOrganization(api);
  projectId = (await org.project()).id;
  await outboxEmpty(api); // the topics are there
  events = topics.follow(RELEASE_EVENTS.topic);
  activity = topics.follow(ACTIVITY.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

/** What a topic says of a release, when there is as much. */
const toldOf = <T>(records: InboundRecord[], id: string, count: number, read: (record: InboundRecord) => T) =>
  eventually((): T[] => {
    const own = records.filter(({ headers }) => headers['ce_subject'] === id);
    if (own.length < count) throw new Error(`${own.length} of ${count} records`);
    return own.map(read);
  });
const eventsOf = (id: string, count: number): Promise<ReleaseEvent[]> =>
  toldOf(events, id, count, (record) => parseReleaseEvent(record));
const activitiesOf = (id: string, count: number): Promise<Activity[]> =>
  toldOf(activity, id, count, (record) => parseEvent(ACTIVITY, record));

let versions = 0;
const released = (description: string): Promise<Release> =>
  org.release(projectId, { version: `1.${(versions += 1)}`, description });
const correct = (id: string, description: string | null): Promise<Release> =>
  org.must<Release>(`PATCH /releases/${id}`, { body: { description } });

describe('a correction', () => {
  it('changes the description and is told in the history with what it was before; nobody is notified', async () => {
    const { id, revision } = await released('Fster start');
    const corrected = await correct(id, 'Faster start');
    expect(corrected).toMatchObject({ description: 'Faster start', revision: revision + 1 });
    expect(await org.must(`GET /releases/${id}`)).toEqual(corrected);
    expect(await correct(id, 'Faster start')).toEqual(corrected);
    await correct(id, null);
    await org.must(`PATCH /releases/${id}/rollout`, { body: { rolloutPercentage: 7 } });
    const told = await eventsOf(id, 2);
    expect(told.map(({ type, data }) => [type, data.release.description, data.release.revision])).toEqual([
      ['release.created', 'Fster start', 1],
      ['release.rollout_changed', null, 4],
    ]);
    expect((await activitiesOf(id, 2)).map(({ action, changes }) => [action, changes])).toEqual([
      ['release.corrected', [{ field: 'description', before: 'Fster start', after: 'Faster start' }]],
      ['release.corrected', [{ field: 'description', before: 'Faster start', after: null }]],
    ]);
  });

  it('of the longest texts is told too, cut', async () => {
    const project = await org.project('🚀'.repeat(200));
    const { id } = await org.release(project.id, { description: 'a'.repeat(4_000) });
    await correct(id, '🚀'.repeat(4_000));
    const [{ subject, changes }] = (await activitiesOf(id, 1)) as [Activity];
    expect(subject.name).toBe(`${'🚀'.repeat(199)}…`);
    expect(changes).toEqual([{ field: 'description', before: `${'a'.repeat(999)}…`, after: `${'🚀'.repeat(999)}…` }]);
  });

  it('is carried into the environment that the release is promoted to', async () => {
    const { id } = await released('Old');
    await correct(id, 'New');
    const promoted = await org.must<Release>(`POST /releases/${id}/promote`, { body: {} });
    expect(promoted).toMatchObject({ description: 'New', revision: 3 });
  });

  it.each([
    [undefined],
    [{}],
    [{ description: 1 }],
    [{ description: 'x'.repeat(4_001) }],
    [{ description: 'a\u0000' }],
  ])('of %j is refused', async (body) => {
    const { id } = await released('x');
    const answer = await org.call(`PATCH /releases/${id}`, { body });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, 'description']);
  });
});
