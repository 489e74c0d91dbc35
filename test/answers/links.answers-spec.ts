import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api, stack } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { foreignStories } from '../e2e/support/foreign-story.js';
import { restartService } from '../support/control.js';

const delivered = (api: Api, count: number): Promise<void> =>
  eventually(async () => {
    const deliveries = await api.deliveries();
    expect(deliveries.map(({ status }) => status)).toEqual(Array(count).fill('delivered'));
  }).then(() => undefined);

describe('where ADMIN_BASE_URL has a host without a dot', () => {
  const ADMIN_BASE_URL = 'http://nitropush:4000';
  beforeAll(async () => {
    await restartService('releases', { ADMIN_BASE_URL });
    await restartService('delivery', { ADMIN_BASE_URL });
  });
  afterAll(async () => {
    await restartService('releases');
    await restartService('delivery');
  });

  it.each(['discord', 'slack'] as const)('%s gets every message, without its link', async (product) => {
    const api = await Api.signIn();
    const channel = Channel.fresh(product);
    await channel.connect(api);
    await api.release((await api.project()).id, '1.0.0');
    await delivered(api, 1);
    expect(await channel.titles()).toEqual(['NitroPush iOS 1.0.0 released to prod']);
    expect(JSON.stringify((await channel.state()).items)).not.toContain('nitropush:4000');
  });

  it('delivery says so in one line when it starts', () => {
    const log = readFileSync(join(stack().logsDir, 'delivery.log'), 'utf8');
    const lines = log.split('\n').filter((line) => line.includes('links.left-out'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ADMIN_BASE_URL');
    expect(lines[0]).not.toContain('nitropush:4000');
  });
});

describe('a link of another publisher', () => {
  const { publisher, begin: foreign } = foreignStories();

  it.each([
    'javascript:alert(document.domain)',
    'data:text/html;base64,PHNjcmlwdD4=',
    'ftp://files.example.com/release',
    'https://ada:hunter2@admin.example.com/',
    'https://ada@admin.example.com/',
    'mailto:ada@example.com',
  ])('goes nowhere as %s, and the message goes everywhere', async (url) => {
    const { api, project, received } = await foreign();
    const channels = [Channel.fresh('slack'), Channel.fresh('discord')];
    for (const channel of channels) await channel.connect(api);
    const recipients = [`ada@${api.organizationId}.example.com`];
    await api.must('POST', '/integrations', {
      provider: 'email',
      name: 'Mails',
      projectId: null,
      credentials: { recipients },
    });
    await publisher().publish(api, project, '1.0.0', { data: { url } });
    await delivered(api, 4);
    const { items } = (await (await fetch(`${stack().sandboxUrl}/api/mail`)).json()) as {
      items: { recipients: string[] }[];
    };
    const mails = items.filter((mail) => mail.recipients.includes(recipients[0]!));
    const posts = await Promise.all(channels.map(async (channel) => (await channel.state()).items));
    const [delivery] = await api.deliveries();
    const shown = await api.delivery(delivery!.id);
    expect([mails.length, ...posts.map((items) => items.length), received().length]).toEqual([1, 1, 1, 1]);
    expect(JSON.stringify([mails, posts, received(), shown.event])).not.toContain(JSON.stringify(url).slice(1, -1));
  });

  it.each([
    'http://localhost:4000/release',
    'http://127.0.0.1:4000/release',
    'https://nitropush/release',
    'http://[::1]/release',
    `https://admin.example.com/${'x'.repeat(1_900)}`,
  ])('%s stops no message', async (url) => {
    const api = await Api.signIn();
    const channels = [Channel.fresh('slack'), Channel.fresh('discord')];
    for (const channel of channels) await channel.connect(api);
    await publisher().publish(api, await api.project(), '1.0.0', { data: { url } });
    await delivered(api, 2);
    for (const channel of channels) expect(await channel.titles()).toHaveLength(1);
  });
});
