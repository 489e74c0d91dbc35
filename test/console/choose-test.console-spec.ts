import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

it('a test is about the event and the project that were chosen, also beside the route', async () => {
  const api = await Api.signIn();
  await api.project('NitroPush iOS');
  await api.project('NitroPush Android');
  const receiver = await startReceiver();
  const hook = await api.webhook(receiver.url, { eventTypes: ['release.created'] });
  const page = await openConsole(api, { ...PHONE, path: `/integrations/${hook.id}` });
  await page.getByRole('button', { name: 'Choose a test' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test A webhook' });
  await dialog.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: 'Rollout changed' }).click();
  await dialog.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'NitroPush iOS' }).click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: 'Send the test' }).click();
  await page.getByText('the test was delivered').waitFor();
  await dialog.waitFor({ state: 'detached' });
  const [request] = receiver.received;
  expect(JSON.parse(request!.body)).toMatchObject({
    type: 'release.rollout_changed',
    test: true,
    data: { project: { name: 'NitroPush iOS' } },
  });
  await receiver.close();
});
