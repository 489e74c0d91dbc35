import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { DELIVERED_TYPES, ReleaseEventData } from '#libs/contracts';
import { Api } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { eventually } from '../support/eventually.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function copied(page: Page, name: string): Promise<string> {
  await part(page, name).first().getByRole('button', { name: 'Copy' }).click();
  await part(page, name).first().getByRole('button', { name: 'Copied' }).waitFor();
  return page.evaluate<string>('navigator.clipboard.readText()');
}

describe('the event catalog', () => {
  it('lists every event type and leads from the account menu to its fields by the keyboard', async () => {
    const page = await openConsole(await Api.signIn());
    await page.getByRole('button', { name: /^Account of/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Event catalog' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Event catalog', level: 1 }).waitFor();
    await eventually(async () => expect(await page.title()).toMatch(/^Event catalog/));
    expect(await page.getByRole('cell').getByRole('link').allInnerTexts()).toEqual([...DELIVERED_TYPES]);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'release.promoted' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'release.promoted', level: 1 }).waitFor();
    await part(page, 'When it is sent').getByText('Sent once for each promotion').waitFor();
    const version = page.getByRole('row', { name: /^data\.release\.version / });
    const { description } = ReleaseEventData.properties.release.properties.version as { description?: string };
    expect((await version.innerText()).split('\t')).toEqual([
      'data.release.version',
      'string, at most 64 characters',
      description,
    ]);
    await page.getByRole('row', { name: /^data\.previous\.environment "test" \| "stage" \| "prod" or null/ }).waitFor();
  });

  it.each(['light', 'dark'] as const)('shows the message of each provider on a phone: %s', async (scheme) => {
    const page = await openConsole(await Api.signIn(), { ...PHONE, scheme, path: '/events/release.created' });
    const example = part(page, 'Example');
    await example.getByText('"type": "release.created"').waitFor();
    await part(page, 'Send it to yourself').first().waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await example.getByRole('combobox', { name: 'As received by' }).click();
    await page.getByRole('option', { name: 'Slack' }).click();
    await example.getByText('Open release').waitFor();
    await expectNoSidewaysScroll(page);
  });

  it('shows the message of each provider for an alert, too', async () => {
    const page = await openConsole(await Api.signIn(), { path: '/events/destination.disconnected' });
    const example = part(page, 'Example');
    await example.getByText('"type": "destination.disconnected"').waitFor();
    await example.getByRole('combobox', { name: 'As received by' }).click();
    await page.getByRole('option', { name: 'Microsoft Teams' }).click();
    await example.getByText('#releases is disconnected').waitFor();
    await example.getByText('Open destination').waitFor();
    await expectAccessible(page);
  });

  it.each(['release.rollout_changed', 'destination.failing'])(
    'gives a command that sends %s, signed, to a receiver of one’s own',
    async (type) => {
      const api = await Api.signIn();
      await api.project("Ada's $(app) `one`");
      const receiver = await startReceiver();
      const page = await openConsole(api, { path: `/events/${type}` });
      const command = await copied(page, 'Send it to yourself');
      await promisify(execFile)('sh', ['-c', command], {
        env: { ...process.env, URL: `${receiver.url}/mine`, WEBHOOK_SECRET: SECRET },
      });
      const [request] = receiver.received;
      expect(request!.path).toBe('/mine');
      expect(new Webhook(SECRET).verify(request!.body, request!.headers as Record<string, string>)).toMatchObject({
        type,
      });
      await receiver.close();
    },
  );

  it('gives the receivers of the how-to page', async () => {
    const page = await openConsole(await Api.signIn(), { path: '/events/destination.disconnected' });
    const guide = await readFile('docs/how-to/receive-a-webhook.md', 'utf8');
    const node = await copied(page, 'Verify the signature');
    expect(guide).toContain(`\`\`\`js\n${node}\n\`\`\``);
    await part(page, 'Verify the signature').getByText('Python', { exact: true }).click();
    const python = await copied(page, 'Verify the signature');
    expect(guide).toContain(`\`\`\`python\n${python}\n\`\`\``);
    await expectAccessible(page);
  });

  it('says that there is no such event type', async () => {
    const page = await openConsole(await Api.signIn(), { path: '/events/release.fax' });
    await page.getByRole('heading', { name: 'No such event type', level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to the event catalog' }).click();
    await page.getByRole('heading', { name: 'Event catalog', level: 1 }).waitFor();
  });

  it('is reached from a webhook and from its form, which keeps what is typed', async () => {
    const api = await Api.signIn();
    const hook = await api.webhook('http://127.0.0.1:9/');
    const page = await openConsole(api);
    await page.getByRole('button', { name: /^Custom webhook/ }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ours');
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: /^See what we send/ }).click(),
    ]);
    await opened.getByRole('heading', { name: 'Event catalog', level: 1 }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Ours');
    const other = await openConsole(api, { path: `/integrations/${hook.id}` });
    await other.getByRole('link', { name: 'See what we send' }).click();
    await other.waitForURL('**/events');
  });
});
