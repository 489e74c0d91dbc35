import { describe, expect, it } from 'vitest';
import { startReceiver } from '../support/receiver.js';
import { eventually } from '../support/eventually.js';
import { Api, type Page } from './support/api.js';

interface Entry {
  actor: { id: string; name: string };
  action: string;
  subject: { kind: string; id: string; name: string };
  projectId: string | null;
  changes: { field: string; before: string | null; after: string | null }[];
}

const told = async (api: Api, query = ''): Promise<Entry[]> =>
  (await api.must<Page<Entry>>('GET', `/activity?limit=100${query}`)).items;

const actions = async (api: Api, query = ''): Promise<string[]> => (await told(api, query)).map(({ action }) => action);

describe('activity', () => {
  it('says who did what, old and new, and holds no secret', async () => {
    const receiver = await startReceiver();
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    await api.must('PATCH', `/projects/${project.id}`, { name: 'Checkout 2' });
    const hook = await api.webhook(`${receiver.url}/hook/s3cret-path`, { name: 'QA' });
    await api.must('PATCH', `/integrations/${hook.id}`, { name: 'QA team', environments: ['prod'], enabled: false });
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true }); // changes nothing
    await api.must('PATCH', `/integrations/${hook.id}`, {
      credentials: { url: `${receiver.url}/other/s3cret-path`, authorization: 'Bearer s3cret-token' },
    });
    await api.must('POST', `/integrations/${hook.id}/signing-secret/rotate`);
    await api.must('POST', `/integrations/${hook.id}/test`);
    const release = await api.release(project.id, '1.0');
    await api.must('PATCH', `/releases/${release.id}/rollout`, { rolloutPercentage: 40 });
    await api.call('DELETE', `/integrations/${hook.id}`);
    const all = [
      'project.created',
      'project.renamed',
      'integration.connected',
      'integration.changed',
      'integration.changed',
      'integration.changed',
      'signing-secret.rotated',
      'integration.tested',
      'release.created',
      'release.rollout_changed',
      'integration.deleted',
    ];
    await eventually(async () => expect((await actions(api)).toSorted()).toEqual(all.toSorted()));
    const entries = await told(api);
    expect(JSON.stringify(entries)).not.toMatch(/s3cret|whsec/);
    expect(new Set(entries.map(({ actor }) => JSON.stringify(actor))).size).toBe(1);
    const [credentials, enabled, changed] = entries.filter(({ action }) => action === 'integration.changed');
    expect(changed).toMatchObject({
      subject: { kind: 'integration', id: hook.id, name: 'QA team' },
      changes: [
        { field: 'name', before: 'QA', after: 'QA team' },
        { field: 'environments', before: null, after: 'prod' },
        { field: 'enabled', before: 'true', after: 'false' },
      ],
    });
    expect(enabled!.changes).toEqual([{ field: 'enabled', before: 'false', after: 'true' }]);
    expect(credentials!.changes.map(({ field }) => field)).toEqual(['credentials']);
    expect(entries.find(({ action }) => action === 'release.rollout_changed')).toMatchObject({
      subject: { kind: 'release', id: release.id, name: 'Checkout 2 1.0' },
      projectId: project.id,
      changes: [{ field: 'rolloutPercentage', before: '100', after: '40' }],
    });
    expect(await actions(api, `&subjectId=${release.id}`)).toEqual(['release.rollout_changed', 'release.created']);
    expect(await actions(api, `&projectId=${project.id}&action=project.renamed`)).toEqual(['project.renamed']);
    await receiver.close();
  });

  it('says who resent and who discarded messages, how many and what they were', async () => {
    const receiver = await startReceiver(() => 500);
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    const hook = await api.webhook(receiver.url, { name: 'QA', enabled: false, projectId: project.id });
    for (const version of ['1.0', '1.1', '1.2']) await api.release(project.id, version);
    const held = () => api.deliveries({ integrationId: hook.id, status: 'held' });
    await eventually(async () => expect(await held()).toHaveLength(3));
    receiver.answerWith(() => 200);
    await api.must('PATCH', `/integrations/${hook.id}`, { enabled: true });
    const { id } = (await held())[0]!;
    await api.must('POST', `/deliveries/${id}/redeliver`);
    await api.must('POST', '/deliveries/redeliver', { integrationId: hook.id, statuses: ['held'] });
    await api.must('POST', '/deliveries/discard', { integrationId: hook.id, statuses: ['held'] }); // nothing is left
    await eventually(async () => expect(await told(api, '&action=deliveries.redelivered')).toHaveLength(2));
    const [many, one] = await told(api, `&subjectId=${hook.id}&action=deliveries.redelivered`);
    expect(many).toMatchObject({
      subject: { kind: 'integration', name: 'QA' },
      projectId: project.id,
      changes: [
        { field: 'messages', after: '2' },
        { field: 'statuses', after: 'held' },
      ],
    });
    expect(one!.changes).toContainEqual({ field: 'delivery', before: null, after: id });
    expect(one!.changes.at(-1)).toMatchObject({
      field: 'about',
      after: expect.stringMatching(/^Checkout 1\.\d$/) as string,
    });
    expect(await actions(api, '&action=deliveries.discarded')).toEqual([]);
    await receiver.close();
  });

  it('comes in pages that miss and repeat none', async () => {
    const api = await Api.signIn();
    for (let n = 0; n < 7; n += 1) await api.project(`P${n}`);
    await eventually(async () => expect(await actions(api)).toHaveLength(7));
    const names: string[] = [];
    let query = '';
    do {
      const page = await api.must<Page<Entry>>('GET', `/activity?limit=3${query}`);
      names.push(...page.items.map(({ subject }) => subject.name));
      query = `&cursor=${page.nextCursor}`;
      if (page.nextCursor === null) break;
    } while (names.length < 20);
    expect(names).toEqual(['P6', 'P5', 'P4', 'P3', 'P2', 'P1', 'P0']);
  });

  it('is for owners and admins, and for their own organization', async () => {
    const [owner, other] = [await Api.signIn(), await Api.signIn()];
    await owner.project();
    await eventually(async () => expect(await actions(owner)).toHaveLength(1));
    expect(await actions(other)).toEqual([]);
    for (const role of ['developer', 'viewer'] as const) {
      const api = await Api.signIn(role, owner.organizationId);
      expect((await api.call('GET', '/activity')).status).toBe(403);
    }
    expect(await actions(await Api.signIn('admin', owner.organizationId))).toEqual(['project.created']);
  });

  it('of a release is for everybody who may see the release, and holds nothing else', async () => {
    const api = await Api.signIn();
    const { id: projectId } = await api.project('Checkout');
    const { id } = await api.release(projectId, '1.0', { environment: 'test' });
    await api.release(projectId, '2.0');
    await api.must('PATCH', `/releases/${id}/rollout`, { rolloutPercentage: 40 });
    await eventually(async () => expect(await actions(api, `&subjectId=${id}`)).toHaveLength(2)); // two topics have no order
    await api.must('PATCH', `/releases/${id}`, { description: 'Corrected' });
    await eventually(async () => expect(await actions(api, `&subjectId=${id}`)).toHaveLength(3));
    const { id: promoted } = await api.must<{ id: string }>('POST', `/releases/${id}/promote`, {
      environment: 'stage',
    });
    const viewer = await Api.signIn('viewer', api.organizationId);
    const history = async (of: string, by = viewer): Promise<string[]> =>
      (await by.must<Page<Entry>>('GET', `/activity/releases/${of}`)).items.map(({ action }) => action);
    await eventually(async () => expect(await history(promoted)).toEqual(['release.promoted']));
    expect(await history(id)).toEqual(['release.corrected', 'release.rollout_changed', 'release.created']);
    expect(await history(projectId)).toEqual([]);
    expect(await history(id, await Api.signIn())).toEqual([]);
  });

  it.each(['cursor=nonsense', 'subjectId=1', 'action=DROP', 'since=yesterday', 'limit=0'])(
    'names what is wrong with %s',
    async (query) => {
      const { status, body } = await (
        await Api.signIn()
      ).call<{ errors: { field: string }[] }>('GET', `/activity?${query}`);
      expect([status, body.errors[0]!.field]).toEqual([400, query.split('=')[0]]);
    },
  );
});
