import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api } from '../e2e/support/api.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

describe('activity', () => {
  it('tells who changed what, and leads there', async () => {
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    const hook = await api.webhook('http://127.0.0.1:9/', { name: 'QA', projectId: project.id });
    await api.must('PATCH', `/integrations/${hook.id}`, { name: 'QA team', environments: ['prod'] });
    const release = await api.release(project.id, '1.0.0');
    await api.must('PATCH', `/releases/${release.id}/rollout`, { rolloutPercentage: 40 });
    const page = await openConsole(api, { path: '/activity' });
    await page.getByText('Name: QA → QA team').waitFor();
    await page.getByText('Environments: all → Production').waitFor();
    await page.getByText('Rollout: 100 % → 40 %').waitFor();
    const connected = page.getByRole('listitem').filter({ hasText: 'connected QA' });
    expect(await connected.getByRole('listitem').allInnerTexts()).toEqual([
      'Project: Checkout',
      'Destination: http://127.0.0.1:9/…',
    ]);
    expect(await page.locator('main li:has(strong) a').allInnerTexts()).toEqual([
      'Checkout 1.0.0',
      'Checkout 1.0.0',
      'QA team',
      'QA',
      'Checkout',
    ]); // as it was done, the newest first
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Checkout 1.0.0' }).first().click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('region', { name: 'History' }).getByText('Rollout: 100 % → 40 %').waitFor();
    await expectAccessible(page);
  });

  it('is narrowed by person, action, object and time; Back widens it again, and what is not valid is said', async () => {
    const api = await Api.signIn();
    const project = await api.project('Checkout');
    const hook = await api.webhook('http://127.0.0.1:9/', { name: 'QA' });
    await api.must('PATCH', `/integrations/${hook.id}`, { environments: ['prod'] });
    await api.release(project.id, '1.0.0');
    const page = await openConsole(api, { path: '/activity' });
    const shown = (): Promise<number> => page.locator('main li:has(strong)').count();
    const choose = async (label: string, option: string): Promise<void> => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await eventually(async () => expect(await shown()).toBe(4));
    await choose('Object', 'QA');
    await eventually(async () => expect(await shown()).toBe(2));
    await choose('Action', 'Changed');
    await eventually(async () => expect(await shown()).toBe(1));
    expect(new URL(page.url()).search).toBe(`?subjectId=${hook.id}&action=integration.changed`);
    await expectAccessible(page);
    await page.goBack();
    await eventually(async () => expect(await shown()).toBe(2));
    await page.goBack();
    await eventually(async () => expect(await shown()).toBe(4));

    await page.goto(`${new URL(page.url()).origin}/activity?span=9y&action=project.renamed`);
    await page.getByText('Not a valid filter, so it was left out: span=9y').waitFor();
    await page.getByText('Nothing matches the filter').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await page.getByText('Not a valid filter').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?action=project.renamed');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await eventually(async () => expect(await shown()).toBe(4));
  });

  it('says so where nothing has happened, also on a phone in the dark', async () => {
    const page = await openConsole(await Api.signIn(), { ...PHONE, path: '/activity', scheme: 'dark' });
    await page.getByText('Nothing has happened yet').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  it('is not shown to those who may not see it', async () => {
    const page = await openConsole(await Api.signIn('developer'), { path: '/integrations' });
    await page.getByRole('navigation').getByText('Operations').waitFor();
    expect(await page.getByRole('navigation').getByText('Activity').count()).toBe(0);
    await page.goto(`${new URL(page.url()).origin}/activity`);
    await page.getByText('Activity is for owners and admins').waitFor();
  });
});
