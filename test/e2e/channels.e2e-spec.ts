import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { expectInTime } from '../support/expect-in-time.js';
import { startReceiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';
import { Channel } from './support/channel.js';
import { begin, comeBack } from '../../tools/seed/sign-in-and-allow.js';

describe.each(['slack', 'discord'] as const)('%s', (product) => {
  it('is connected by signing in, and receives what its route selects in words that people read', async () => {
    const api = await Api.signIn();
    const [mine, other] = [await api.project('NitroPush iOS'), await api.project('NitroPush Android')];
    const channel = Channel.fresh(product);
    const id = await channel.connect(api, { projectId: mine.id, name: 'The team' });
    expect(await api.integration(id)).toMatchObject({ name: 'The team', enabled: true });
    await api.release(other.id, '9.9');
    const description = 'For <!channel> and @everyone: *fast* & `tiny` https://x.example/a_b';
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
    const [message] = (await channel.state()).items;
    const text = JSON.stringify(message!.payload);
    expect(text).toContain(`/projects/${mine.id}/releases/${release.id}`);
    expect(text).toContain('Demo owner');
    if (product === 'discord') expect(text).not.toContain('@everyone');
    await eventually(async () => expect(await api.deliveries()).toHaveLength(3));
  });

  it('is tested within half a second, also while it is disabled', async () => {
    const api = await Api.signIn();
    const channel = Channel.fresh(product);
    const id = await channel.connect(api);
    await api.must('PATCH', `/integrations/${id}`, { enabled: false });
    let sent = 0;
    await expectInTime(500, async () => {
      sent += 1;
      const began = Date.now();
      await api.must('POST', `/integrations/${id}/test`, {});
      await eventually(async () => expect((await channel.state()).items).toHaveLength(sent), { everyMs: 5 });
      const times = (await channel.state()).items.map(({ receivedAt }) => Date.parse(receivedAt));
      return Math.max(...times) - began;
    });
    expect((await channel.titles())[0]).toMatch(/^\[TEST\] /);
  });

  it('says in its own words why a test failed', async () => {
    const api = await Api.signIn();
    const channel = Channel.fresh(product);
    const id = await channel.connect(api);
    await channel.behave({ mode: 'deleted' });
    const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${id}/test`, {});
    const name = product === 'slack' ? 'Slack' : 'Discord';
    await eventually(async () =>
      expect(await api.delivery(deliveryId)).toMatchObject({
        status: 'dead',
        lastErrorCode: 'destination_missing',
        lastError: expect.stringContaining(`${name} says that this channel does not exist`) as unknown,
      }),
    );
  });
});

describe('the way back from a provider', () => {
  const target = async (): Promise<Parameters<typeof begin>[0] & { api: Api }> => {
    const { gatewayUrl, sandboxUrl } = stack();
    const api = await Api.signIn();
    return { gatewayUrl, sandboxUrl, token: api.token, api };
  };
  const callback = (query: Record<string, string>): string =>
    `${stack().gatewayUrl}/api/v1/oauth/slack/callback?${new URLSearchParams(query).toString()}`;

  it('that somebody else’s browser brings is refused, and nothing is stored', async () => {
    const on = await target();
    const { authorizeUrl } = await begin(on, { provider: 'slack', body: { projectId: null } });
    const state = new URL(authorizeUrl).searchParams.get('state')!;
    const other = await begin(await target(), { provider: 'slack', body: { projectId: null } });
    const result = await comeBack(on, callback({ code: 'stolen', state }), other.cookie);
    expect(result.searchParams.get('connect_error')).toBe('other_browser');
    expect((await on.api.must<{ items: unknown[] }>('GET', '/integrations')).items).toEqual([]);
  });

  it('with a code that was made up is refused by the provider, and goes nowhere else', async () => {
    const on = await target();
    const { authorizeUrl, cookie } = await begin(on, { provider: 'slack', body: { projectId: null } });
    const state = new URL(authorizeUrl).searchParams.get('state')!;
    const more = { redirect: 'https://evil.example', connected: 'https://evil.example' };
    const result = await comeBack(on, callback({ code: 'made-up', state, ...more }), cookie);
    expect(result.href).toBe(`${stack().gatewayUrl}/integrations?connect_error=provider_refused&provider=slack`);
    expect((await on.api.must<{ items: unknown[] }>('GET', '/integrations')).items).toEqual([]);
  });
});

it(
  'a hundred releases at once reach Slack and Discord at their pace, a webhook and a mailbox at once, each in order',
  { timeout: 400_000 },
  async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const [slack, discord] = [Channel.fresh('slack'), Channel.fresh('discord')];
    const [slackId, discordId] = [await slack.connect(api), await discord.connect(api)];
    const receiver = await startReceiver();
    await api.webhook(receiver.url);
    const mailbox = `${crypto.randomUUID()}@example.com`;
    const body = { provider: 'email', name: 'Mail', projectId: null, credentials: { recipients: [mailbox] } };
    await api.must('POST', '/integrations', body);

    const versions = Array.from({ length: 100 }, (_, n) => `1.${n}`);
    const called = Date.now();
    for (const version of versions) await api.release(project.id, version);
    await eventually(() => expect(receiver.received).toHaveLength(100));
    expect((await slack.state()).received).toBeLessThan(100); // nobody waits for the slowest
    await eventually(async () => expect(await mailsTo(mailbox)).toHaveLength(100));
    await eventually(async () => expect((await api.integration(slackId)).counts?.pending).toBeGreaterThan(0));

    await eventually(async () => expect((await discord.state()).received).toBe(100), { timeoutMs: 120_000 });
    await eventually(async () => expect((await slack.state()).received).toBe(100), { timeoutMs: 180_000 });
    console.log(`100 releases: Slack had all after ${Math.round((Date.now() - called) / 1000)} s`);

    const title = (version: string): string => `NitroPush iOS ${version} released to prod`;
    expect(receiver.received.map(({ body: one }) => (JSON.parse(one) as Webhook).data.release.version)).toEqual(
      versions,
    );
    for (const channel of [slack, discord]) {
      expect(await channel.titles()).toEqual(versions.map(title));
      expect((await channel.state()).refused).toBe(0);
    }
    expect((await mailsTo(mailbox)).map(({ subject }) => subject)).toEqual(versions.map(title));
    for (const integrationId of [slackId, discordId])
      await eventually(async () => {
        const deliveries = await api.deliveries({ integrationId });
        expect(new Set(deliveries.map(({ status, attemptCount }) => `${status} ${attemptCount}`))).toEqual(
          new Set(['delivered 1']),
        );
      });
    await receiver.close();
  },
);

interface Webhook {
  data: { release: { version: string } };
}

interface Mail {
  recipients: string[];
  subject: string;
}

async function mailsTo(address: string): Promise<Mail[]> {
  const { items } = (await (await fetch(`${stack().sandboxUrl}/api/mail`)).json()) as { items: Mail[] };
  return items.filter(({ recipients }) => recipients.includes(address));
}
