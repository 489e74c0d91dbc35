import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { giveUp } from './support/held.js';

const URL = 'http://127.0.0.1:9/hook';

async function choose(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function allow(page: Page, channel: string): Promise<void> {
  await page.getByLabel('Another channel').fill(channel);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL((url) => url.searchParams.has('connected'));
}

describe('a destination is duplicated', () => {
  it('with all but its secrets; the same target is said before it is saved, and in the list', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const more = { projectId: project.id, environments: ['prod', 'stage'], alerts: true, concurrency: 4 };
    await api.webhook(URL, { ...more, credentials: { url: URL, authorization: 'Bearer kept' } });
    const page = await openConsole(api, PHONE);
    await choose(page, 'A webhook', 'Duplicate');
    const dialog = page.getByRole('dialog', { name: 'Duplicate A webhook' });
    const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
    await eventually(async () => expect(await field('Name').inputValue()).toBe('A webhook (copy)'));
    expect(await field('URL').inputValue()).toBe('');
    await dialog.getByText('All events · NitroPush iOS · Production, Stage').waitFor();
    await field('URL').fill(URL);
    await dialog.getByText('A webhook leads to the same target').waitFor();
    await dialog.getByText('Both receive: All events · NitroPush iOS · Production, Stage').waitFor();
    await expectAccessible(page);
    await dialog.getByText('Stage', { exact: true }).click();
    await dialog.getByText('Both receive: All events · NitroPush iOS · Production.').waitFor();
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByRole('link', { name: 'Same target as A webhook', exact: true }).waitFor();
    await expectNoSidewaysScroll(page);
    const [copy] = (await api.must<{ items: object[] }>('GET', '/integrations')).items;
    expect(copy).toMatchObject({ ...more, environments: ['prod'], name: 'A webhook (copy)', storedSecrets: [] });
    await page.getByRole('link', { name: 'Same target as A webhook (copy)' }).click();
    await page.getByText('A webhook (copy) leads to the same target').waitFor();
  });

  it('with its recipients', async () => {
    const api = await Api.signIn();
    const recipients = [`ada@${api.organizationId}.example.com`];
    await api.webhook('', { provider: 'email', name: 'The team', credentials: { recipients } });
    const page = await openConsole(api);
    await choose(page, 'The team', 'Duplicate');
    await page.getByRole('dialog').getByText(recipients[0]!).waitFor();
    await page.getByText('The team leads to the same target').waitFor();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('The team (copy)');
  });

  it('at Slack, where the channel that was picked is the same one again', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const channel = Channel.fresh('slack');
    const page = await openConsole(api);
    await page.getByRole('button', { name: /^Slack/ }).click();
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await allow(page, channel.name);
    const [first] = (await api.must<{ items: { id: string }[] }>('GET', '/integrations')).items;
    await api.must('PATCH', `/integrations/${first!.id}`, { projectId: project.id, name: 'Ours' });
    await page.goto('/integrations');
    await choose(page, 'Ours', 'Duplicate');
    await page.getByRole('dialog').getByText('All events · NitroPush iOS · All environments').waitFor();
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await allow(page, channel.name);
    await page.getByText('Ours leads to the same target').waitFor();
    await page.getByText('Both receive: All events · NitroPush iOS · All environments').waitFor();
    await expectAccessible(page);
    const { items } = await api.must<{ items: object[] }>('GET', '/integrations');
    expect(items).toMatchObject([{ name: channel.name, projectId: project.id }, { name: 'Ours' }]);
  });
});

it('one that is reconnected to another channel is called like it, and says what was delivered', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const [before, after] = [Channel.fresh('slack'), Channel.fresh('slack')];
  const page = await openConsole(api);
  await page.getByRole('button', { name: /^Slack/ }).click();
  await page.getByRole('button', { name: 'Continue to Slack' }).click();
  await allow(page, before.name);
  const [{ id }] = (await api.must<{ items: [{ id: string }] }>('GET', '/integrations')).items;
  await api.must('PATCH', `/integrations/${id}`, { enabled: false });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect((await api.integration(id)).counts).toMatchObject({ held: 1 }));
  await giveUp(id);
  await api.must('PATCH', `/integrations/${id}`, { enabled: true });
  await page.goto(`/integrations/${id}`);
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await allow(page, after.name);
  await page.getByText(`Renamed from ${before.name} to ${after.name}`).waitFor();
  await page.getByText('1 failed message was delivered').waitFor();
  await expectAccessible(page);
  await eventually(async () => expect(await after.titles()).toHaveLength(1));
});
