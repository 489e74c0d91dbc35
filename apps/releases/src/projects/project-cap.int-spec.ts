import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReleasesApi, newOrganization } from '../releases-api.suite.js';
import type { ProjectPage } from './project.dto.js';

let api: ReleasesApi;
beforeAll(async () => {
  api = await ReleasesApi.start({ MAX_PROJECTS_PER_ORGANIZATION: '3' });
});
afterAll(() => api?.close());

describe('the projects of an organization', () => {
  it('are as many as the setting says, also where all are created at once', async () => {
    const org = newOrganization(api);
    const create = (name: string) => org.call('POST /projects', { body: { name } });
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(create));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(4);
    expect(refused[0]!.body).toMatchObject({
      type: 'urn:nitropush:problem:limit-reached',
      detail: expect.stringContaining(
        '3 projects in an organization at most (MAX_PROJECTS_PER_ORGANIZATION)',
      ) as string,
    });
    expect((await org.must<ProjectPage>('GET /projects')).items).toHaveLength(3);
    expect((await newOrganization(api).call('POST /projects', { body: { name: 'a' } })).status).toBe(201);
  });
});
