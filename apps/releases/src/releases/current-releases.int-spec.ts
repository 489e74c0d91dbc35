import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReleasesApi, newOrganization } from '../releases-api.suite.js';
import type { CurrentReleasesPage } from './current-releases.dto.js';
import type { Release } from './release.dto.js';

let api: ReleasesApi;
beforeAll(async () => {
  api = await ReleasesApi.start();
});
afterAll(() => api?.close());

type Org = ReturnType<typeof newOrganization>;
const current = (org: Org, query = ''): Promise<CurrentReleasesPage> => org.must(`GET /releases/current${query}`);
const release = (org: Org, projectId: string, version: string, environment = 'test'): Promise<Release> =>
  org.must(`POST /projects/${projectId}/releases`, { body: { environment, version } });

describe('the newest releases of all projects', () => {
  it('are one for each environment, the lowest first, as they are now', async () => {
    const org = newOrganization(api);
    const { id } = await org.project('A');
    await release(org, id, '1.0.0');
    const inProduction = await release(org, id, '1.0.0', 'prod');
    const inTest = await release(org, id, '1.1.0');
    const rolledOut = await org.must<Release>(`PATCH /releases/${inProduction.id}/rollout`, {
      body: { rolloutPercentage: 25 },
    });
    expect(await current(org)).toEqual({
      items: [{ projectId: id, releases: [inTest, rolledOut] }],
      nextCursor: null,
    });
  });

  it('come in pages, in the order of the projects, with those that have none', async () => {
    const org = newOrganization(api);
    const [a, b, c] = [await org.project('A'), await org.project('B'), await org.project('C')];
    const only = await release(org, a.id, '1.0.0');
    const first = await current(org, '?limit=2');
    expect(first.items).toEqual([
      { projectId: c.id, releases: [] },
      { projectId: b.id, releases: [] },
    ]);
    expect(await current(org, `?limit=2&cursor=${first.nextCursor}`)).toEqual({
      items: [{ projectId: a.id, releases: [only] }],
      nextCursor: null,
    });
  });

  it('are of no other organization, and none where there is no project', async () => {
    const other = newOrganization(api);
    await release(other, (await other.project('A')).id, '1.0.0');
    expect(await current(newOrganization(api))).toEqual({ items: [], nextCursor: null });
  });
});
