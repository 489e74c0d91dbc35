import type { Page } from 'playwright-core';

const installed = new WeakSet<Page>();

/** Does something that can be undone, and lets the time for that go by: on the page's clock, not on the wall's. */
export async function pastUndo(page: Page, act: () => Promise<void>): Promise<void> {
  if (!installed.has(page)) await page.clock.install();
  installed.add(page);
  await act();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.clock.fastForward('00:10');
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
}
