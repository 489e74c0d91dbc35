import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { eventually } from '../support/eventually.js';
import { expectAccessible, isWider, openConsole } from './support/console.js';
import { giveUp } from './support/held.js';

const NAMES = {
  'a long name without breaks': 'ReleaseChannel'.repeat(15).slice(0, 200),
  'a shorter one': 'ReleaseChannel'.repeat(4).slice(0, 45),
  'a name that is read from the right': 'قناة إصدارات الهاتف المحمول لجميع الفرق في الشركة',
  emoji: '👩‍👩‍👧‍👦🚀🎉'.repeat(8),
};

const SIZES = [
  [390, 844],
  [1024, 768],
  [1440, 900],
] as const;

/** What begins or ends outside the window, or is wider than the place it has. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('main *, [role=dialog] *')]
    .filter((one) => {
      const { left, right, width, height } = one.getBoundingClientRect();
      const { overflowX, textOverflow, display, clipPath } = getComputedStyle(one);
      if (width <= 1 || height <= 1 || clipPath !== 'none' || one.closest('svg')) return false;
      const dialog = one.closest('[role=dialog]');
      const edge = dialog ? dialog.getBoundingClientRect().right : window.innerWidth;
      const wider = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
      const spills = wider && !dialog && overflowX === 'visible' && display !== 'inline' && !one.closest('thead, figure');
      const loses = wider && textOverflow === 'ellipsis' && one.querySelector('a') !== null;
      return loses || spills || left < -1 || right > edge + 1;
    })
    .map((one) => one.tagName + ': ' + one.textContent.slice(0, 60))`);

/** Also what has to be read before it is released, or typed before it is deleted. */
async function inDialogs(page: Page, projectId: string, hookId: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const whole = async (what: string): Promise<void> => {
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await eventually(async () => expect([width, what, await cutOff(page)]).toEqual([width, what, []]));
    }
  };
  await page.goto(new URL(`/projects/${projectId}`, page.url()).href);
  await page.getByRole('button', { name: 'New release' }).click();
  await dialog.getByRole('link', { name: /^See/ }).waitFor();
  await whole('a release');
  await page.goto(new URL(`/integrations/${hookId}`, page.url()).href);
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).waitFor();
  await whole('the question before it is deleted');
}

/** Whatever is typed is seen whole, and what stands beside it as well. */
describe.each(Object.entries(NAMES))('%s', (_what, name) => {
  it('leaves every list and page as wide as the window', async () => {
    const api = await Api.signIn();
    const project = await api.project(name);
    const hook = await api.webhook(`${stack().sandboxUrl}/inbox/${api.organizationId}`, { name, enabled: false });
    const release = await api.release(project.id, '1.0.0', { description: name });
    await eventually(async () => expect((await api.integration(hook.id)).counts).toMatchObject({ held: 1 }));
    await giveUp(hook.id);
    const [delivery] = await api.deliveries();
    const page = await openConsole(api, { path: '/integrations' });
    await page.getByText('1 connected').waitFor(); // signed in by now
    for (const path of [
      '/integrations',
      `/integrations/${hook.id}`,
      '/deliveries',
      `/deliveries/${delivery!.id}`,
      '/projects',
      `/projects/${project.id}`,
      `/projects/${project.id}/releases/${release.id}`,
      '/operations',
      '/activity',
    ]) {
      await page.goto(new URL(path, page.url()).href);
      await page
        .locator('main :is(bdi, h1)', { hasText: name.slice(0, 20) })
        .first()
        .waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await eventually(async () => expect([width, path, await cutOff(page)]).toEqual([width, path, []]));
        expect([width, path, await isWider(page)]).toEqual([width, path, false]);
      }
    }
    await expectAccessible(page);
    await inDialogs(page, project.id, hook.id);
  });
});

it('a long reason leaves the names in the list of deliveries on one line', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const receiver = await startReceiver(() => 404);
  await api.webhook(receiver.url, { name: 'QA team webhook' });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries()).toMatchObject([{ status: 'retrying' }]));
  const page = await openConsole(api, { path: '/deliveries', width: 1024 });
  await page.getByText('Save an address that exists').waitFor();
  const lines = (name: string): Promise<number> =>
    page.locator('td bdi', { hasText: name }).evaluate((one) => one.getClientRects().length);
  expect([await lines('NitroPush iOS'), await lines('QA team webhook')]).toEqual([1, 1]);
  await receiver.close();
});
