import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

it('a description is corrected: the history says what it was, and nobody is notified', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const receiver = await startReceiver();
  await api.webhook(receiver.url, { name: 'Build server' });
  const release = await api.release(project.id, '1.0.5', { description: 'Fster start' });
  await eventually(() => expect(receiver.received).toHaveLength(1));
  const path = `/projects/${project.id}/releases/${release.id}`;
  const page = await openConsole(api, { path });
  await page.getByRole('button', { name: 'Correct the description' }).click();
  const dialog = page.getByRole('dialog', { name: 'Correct the description of 1.0.5 in Production' });
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await dialog.getByText('Nobody is notified.').waitFor();
  await dialog.getByLabel('What is new').fill('Faster start\n\nAnd more');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Facts' }).getByText('Faster start').waitFor();
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText(/corrected the description of/).waitFor();
  await history.getByText(/^Description: Fster start → Faster start\s+And more$/).waitFor();
  await expectAccessible(page);

  await page.goto('/activity?action=release.corrected');
  await page.getByRole('link', { name: 'NitroPush iOS 1.0.5' }).click();
  await page.getByRole('heading', { name: '1.0.5 in Production' }).waitFor();
  await api.must('PATCH', `/releases/${release.id}/rollout`, { rolloutPercentage: 50 });
  await eventually(() => expect(receiver.received).toHaveLength(2));
  const messages = receiver.received.map(({ body }) => JSON.parse(body) as Message);
  expect(messages.map(({ type, data }) => [type, data.release.description])).toEqual([
    ['release.created', 'Fster start'],
    ['release.rollout_changed', 'Faster start\n\nAnd more'],
  ]);
  await receiver.close();
});

interface Message {
  type: string;
  data: { release: { description: string } };
}

it('a correction that is not saved is not thrown away, and is for those who may release', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const release = await api.release(project.id, '1.0.5');
  const path = `/projects/${project.id}/releases/${release.id}`;
  const page = await openConsole(api, { ...PHONE, path, scheme: 'dark' });
  await page.getByRole('button', { name: 'Correct the description' }).click();
  await page.getByLabel('What is new').fill('x'.repeat(3_000));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .getByRole('region', { name: 'History' })
    .getByText(/^Description: none → x/)
    .waitFor();
  await expectNoSidewaysScroll(page);
  await page.goto('/activity');
  await page.getByText(/^Description: none → x/).waitFor();
  await expectNoSidewaysScroll(page);
  const viewer = await openConsole(await Api.signIn('viewer', api.organizationId), { path });
  expect(await viewer.getByRole('button', { name: 'Correct the description' }).isDisabled()).toBe(true);
});
