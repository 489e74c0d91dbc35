import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, isWider, openConsole } from './support/console.js';
import { paused } from './support/held.js';
import { pastUndo } from './support/undo.js';

const NO_SUCH = [/404: GET/, /status of 404/];

describe('the page of a destination', () => {
  it('is where its name leads, says how it is doing, and lists what it got; live, and Back works', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    const hook = await api.webhook(receiver.url, { name: 'Build server' });
    const page = await openConsole(api);
    await page.getByRole('link', { name: 'Build server', exact: true }).click();
    await page.getByRole('heading', { name: 'Build server', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/integrations/${hook.id}`);
    await eventually(async () => expect(await page.title()).toContain('Build server'));
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText('Nothing has been sent here yet').waitFor();
    await page.getByText('Nothing was sent here so far').waitFor();
    await expectAccessible(page);
    await api.release(project.id, '1.0.0');
    await page.getByRole('row', { name: /NitroPush iOS 1\.0\.0.*Delivered/ }).waitFor();
    await health.getByText('Messages arrive.').waitFor();
    await expectAccessible(page);
    receiver.answerWith(() => 500);
    await api.release(project.id, '1.0.1');
    await health.getByText('Failing').waitFor();
    await health.getByText(/The latest message was not delivered: The destination failed \(500\)/).waitFor();
    await health.getByText(/The next try is/).waitFor();
    await health.getByRole('link', { name: '1 retrying' }).waitFor();
    await expectAccessible(page);
    await page.goBack();
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    await receiver.close();
  });

  it('says what to do where there is none, on a phone in the dark', async () => {
    const path = `/integrations/${crypto.randomUUID()}`;
    const page = await openConsole(await Api.signIn(), { ...PHONE, scheme: 'dark', path, allow: NO_SUCH });
    await page.getByRole('heading', { name: 'No such destination' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'Go to the integrations' }).click();
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  });

  it('says that it was deleted, and still lists what it got', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await startReceiver();
    const hook = await api.webhook(receiver.url, { name: 'Ours' });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(1));
    const page = await openConsole(api, { path: `/integrations/${hook.id}`, allow: NO_SUCH });
    await page.getByRole('heading', { name: 'Ours' }).waitFor();
    await api.must('DELETE', `/integrations/${hook.id}`);
    await page.reload();
    await page.getByRole('heading', { name: 'This destination was deleted' }).waitFor();
    await page
      .getByText(/ deleted Ours$/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: /1\.0\.0$/ }).waitFor();
    await expectAccessible(page);
    await receiver.close();
  });

  it('says that it is paused, and how many messages are held', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await startReceiver();
    const hook = await api.webhook(receiver.url, { name: 'Paused', enabled: false });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect((await api.integration(hook.id)).counts).toMatchObject({ held: 1 }));
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText('It is paused: 1 message is held').waitFor();
    await health.getByRole('link', { name: '1 held' }).waitFor();
    await expectAccessible(page);
    await receiver.close();
  });

  it('shows its attempts of a day or a week, its settings with their form, and who changed it', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const receiver = await startReceiver();
    const hook = await api.webhook(receiver.url, { name: 'Ours', projectId: project.id, environments: ['prod'] });
    await api.webhook(`${receiver.url}/another`, { name: 'Another' });
    await api.release(project.id, '1.0.0');
    // it is deleted at the end, and may be asked for once more before the page is left
    const page = await openConsole(api, { path: `/integrations/${hook.id}`, allow: NO_SUCH });
    await page.locator('figure', { hasText: /by outcome\. 1 delivered, 0 failed/ }).waitFor();
    await page.locator('figure', { hasText: /Response time \(p95\)/ }).waitFor();
    await page.getByText('7 days').click();
    await page.getByText('Attempts per 6 hours, by outcome').waitFor();
    expect(new URL(page.url()).search).toBe('?span=7d');
    await expectAccessible(page);
    await page.goBack();
    await page.getByText('Attempts per 15 minutes, by outcome').waitFor();

    const settings = page.getByRole('region', { name: 'Settings' });
    await settings.getByText(/^Custom webhook: posts to http:\/\/127\.0\.0\.1/).waitFor();
    await settings.getByText('NitroPush iOS').waitFor();
    await settings.getByText('Production').waitFor();
    await settings.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Renamed');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Renamed', level: 1 }).waitFor();
    await api.must('PATCH', `/integrations/${hook.id}`, { environments: [] });
    await page.reload();
    await page.getByRole('region', { name: 'Activity' }).getByText('Environments: Production → all').waitFor();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('Renamed: the test was delivered').waitFor();
    await page.getByRole('button', { name: 'More for Renamed' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByLabel(/^Type/).fill('Renamed');
    await pastUndo(page, () => page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click());
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    await receiver.close();
  });

  it.each([
    ['45 characters', 'A destination with a name of forty-five chars'],
    ['200 characters without a break', 'unbroken_'.repeat(23).slice(0, 200)],
    ['right to left, with an emoji', 'إشعارات الإصدار 🚀 للفريق'],
  ])('holds a name of %s at every width', async (_case, name) => {
    const api = await Api.signIn();
    const project = await api.project(name);
    const hook = await api.webhook('http://127.0.0.1:9/closed', { name, projectId: project.id });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(1));
    const page = await openConsole(api, { path: `/integrations/${hook.id}` });
    await page.getByRole('heading', { name, level: 1 }).waitFor(); // signed in by now
    const wider: string[] = [];
    for (const path of [`/integrations/${hook.id}`, '/integrations', '/deliveries', '/operations']) {
      await page.goto(path);
      await page.getByText(name).first().waitFor();
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 });
        if (await isWider(page)) wider.push(`${path} at ${width}`);
      }
    }
    expect(wider).toEqual([]);
  });

  it('is reached and used by the keyboard alone', async () => {
    const { api, receiver } = await paused(1, 'Ours');
    const page = await openConsole(api);
    const press = async (locator: Locator): Promise<void> => {
      await locator.waitFor();
      const focused = locator.and(page.locator(':focus'));
      for (let n = 0; n < 80 && (await focused.count()) === 0; n++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    };
    await press(page.getByRole('link', { name: 'Ours', exact: true }));
    await press(page.getByRole('region', { name: 'Health' }).getByRole('button', { name: 'Enable' }));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Deliver' }));
    await page.getByText('1 message is on the way').waitFor();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await receiver.close();
  });
});

describe('destinations that need somebody', () => {
  it('are counted in one line, in the navigation and in the title, and each place leads to them', async () => {
    const { api, receiver, hook } = await paused(1, 'Ours');
    await api.webhook(`${receiver.url}/fine`, { name: 'Fine' });
    const page = await openConsole(api);
    await page.getByRole('link', { name: '1 of 2 destinations needs you' }).click();
    await page.getByRole('row', { name: /Fine/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Ours/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?show=attention');
    await eventually(async () => expect(await page.title()).toMatch(/^\(1\) Integrations/));
    await expectAccessible(page);
    await page.goBack();
    await page.getByRole('row', { name: /Fine/ }).waitFor();
    await page.goto('/projects');
    await page.getByRole('navigation').getByRole('link', { name: '1 destination needs you' }).waitFor();
    await expectAccessible(page);

    await page.goto('/operations');
    await page.getByRole('link', { name: 'Ours', exact: true }).click();
    await page.getByRole('heading', { name: 'Ours', level: 1 }).waitFor();
    await page.getByRole('link', { name: /1\.0\.0$/ }).click();
    await page.getByRole('link', { name: 'Ours', exact: true }).click();
    await page.getByRole('heading', { name: 'Ours', level: 1 }).waitFor();
    await page.goto(`/deliveries?integrationId=${hook.id}`);
    await page.getByRole('row').getByRole('link', { name: 'Ours', exact: true }).click();
    await page.getByRole('heading', { name: 'Ours', level: 1 }).waitFor();
    await receiver.close();
  });
});
