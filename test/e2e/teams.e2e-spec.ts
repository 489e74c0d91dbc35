import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api } from './support/api.js';
import { Channel } from './support/channel.js';

const MICROSOFT = 'https://prod-01.westeurope.logic.azure.com/workflows/0a1b2c3d/triggers/manual/paths/invoke';

describe('Microsoft Teams', () => {
  it('is connected by the URL of a workflow, and receives cards that are shown', async () => {
    const api = await Api.signIn();
    const [mine, other] = [await api.project('NitroPush iOS'), await api.project('NitroPush Android')];
    const channel = Channel.fresh('teams');
    await channel.connect(api, { projectId: mine.id });
    await api.release(other.id, '9.9');
    const description =
      '**Faster** start for [everybody](https://evil.example) and <at>all</at>\n{{DATE(2026-01-01T00:00:00Z)}}';
    const release = await api.release(mine.id, '1.0.5', { environment: 'stage', description, rolloutPercentage: 10 });
    await api.must('POST', `/releases/${release.id}/promote`, {});
    await api.must('PATCH', `/releases/${release.id}/rollout`, { rolloutPercentage: 50 });
    await eventually(async () =>
      expect(await channel.titles()).toEqual([
        'NitroPush iOS 1.0.5 released to stage',
        'NitroPush iOS 1.0.5 promoted stage → prod',
        'NitroPush iOS 1.0.5 rollout 10 % → 50 % in stage',
      ]),
    );
    const { items, refused } = await channel.state();
    expect([items.map(({ problem }) => problem), refused]).toEqual([[undefined, undefined, undefined], 0]);
    const text = JSON.stringify(items[0]!.payload);
    expect(text).toContain(`/projects/${mine.id}/releases/${release.id}`);
    expect(text).toContain('"Open release"');
    expect(text).not.toMatch(/"TextBlock"|<at>|\{\{DATE/);
    await eventually(async () =>
      expect((await api.deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']),
    );
  });

  it('keeps its URL to itself', async () => {
    const api = await Api.signIn();
    const channel = Channel.fresh('teams');
    const url = await channel.workflowUrl();
    const body = { provider: 'teams', name: 'The team', projectId: null, credentials: { url } };
    const { id } = await api.must<{ id: string }>('POST', '/integrations', body);
    await channel.behave({ mode: 'error' });
    const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${id}/test`, {});
    await eventually(async () => expect(await api.delivery(deliveryId)).toMatchObject({ status: 'dead' }));
    const [sig, workflow] = [new URL(url).searchParams.get('sig')!, /workflows\/([^/]+)/.exec(url)![1]!];
    const shown = [await api.integration(id), await api.delivery(deliveryId)];
    expect(JSON.stringify(shown)).not.toContain(sig);
    expect(JSON.stringify(shown)).not.toContain(workflow);
    expect((await api.integration(id)).destination).toBe(`${new URL(url).origin}/… · workflow …${workflow.slice(-4)}`);
  });

  it('says in its own words that a workflow is turned off, until the URL of another is saved', async () => {
    const api = await Api.signIn();
    const channel = Channel.fresh('teams');
    const id = await channel.connect(api);
    const test = async (): Promise<string> =>
      (await api.must<{ deliveryId: string }>('POST', `/integrations/${id}/test`, {})).deliveryId;
    await channel.behave({ mode: 'revoked' });
    const refused = await test();
    await eventually(async () =>
      expect(await api.delivery(refused)).toMatchObject({
        lastErrorCode: 'destination_missing',
        lastError: expect.stringContaining('turned off or was deleted') as string,
        attempts: [{ statusCode: 400 }],
      }),
    );
    await channel.connect(api, { projectId: null, integrationId: id });
    await test();
    await eventually(async () => expect(await channel.titles()).toHaveLength(1));
    await eventually(async () => expect(await api.integration(id)).toMatchObject({ health: 'healthy' }));
  });

  it('is waited for as long as it says, and then gets everything in order', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh('teams');
    await channel.connect(api);
    await channel.behave({ mode: 'rate-limited', retryAfterSeconds: 2, times: 1 });
    for (const version of ['1.0', '1.1', '1.2']) await api.release(project.id, version);
    await eventually(async () => expect(await channel.titles()).toHaveLength(3));
    const { received, refused } = await channel.state();
    expect([received, refused]).toEqual([3, 1]);
    const later = (await channel.titles()).filter((title) => !title.includes(' 1.0 '));
    expect(later).toEqual(['NitroPush iOS 1.1 released to prod', 'NitroPush iOS 1.2 released to prod']);
  });

  it.each([
    `${MICROSOFT}?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=x`,
    'https://contoso.webhook.office.com/webhookb2/x@y/IncomingWebhook/z',
  ])('is the tile that the form of a webhook names for %s', async (url) => {
    const api = await Api.signIn();
    const body = { provider: 'webhook', name: 'x', projectId: null, credentials: { url } };
    const answer = await api.call<{ errors: object[] }>('POST', '/integrations', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { field: 'credentials.url', message: expect.stringContaining('use the Microsoft Teams tile instead') as string },
    ]);
  });

  it('refuses the URL of a connector, and one without its signature', async () => {
    const api = await Api.signIn();
    for (const url of ['https://contoso.webhook.office.com/webhookb2/x', `${MICROSOFT}?api-version=1`]) {
      const body = { provider: 'teams', name: 'x', projectId: null, credentials: { url } };
      expect(await api.call('POST', '/integrations', body)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'credentials.url' }] },
      });
    }
  });
});
