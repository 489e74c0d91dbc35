import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

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
    expect(await page.title()).toContain('Build server');
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
    await health.getByText(/The latest message was not delivered: The receiver failed \(500\)/).waitFor();
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
});
