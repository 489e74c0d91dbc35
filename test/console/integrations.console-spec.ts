import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { expectInTime } from '../support/expect-in-time.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';
import { pastUndo } from './support/undo.js';

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const tile = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

async function connectWebhook(page: Page, url: string): Promise<string> {
  await tile(page, 'Custom webhook').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('My receiver');
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const secret = await page.locator('code').first().innerText();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: "I've saved it" }).click();
  await row(page, 'My receiver').waitFor();
  return secret;
}

describe('a webhook', () => {
  it('is connected, shows its secret once, and says within a second how a test went', async () => {
    const receiver = await startReceiver();
    const page = await openConsole(await Api.signIn());
    expect(await connectWebhook(page, `${receiver.url}/hook`)).toMatch(/^whsec_/);
    const told = page.getByText('the test was delivered');
    const tests = await expectInTime(1_000, async () => {
      const began = Date.now();
      await page.getByRole('button', { name: 'Test My receiver' }).click();
      await told.waitFor();
      const took = Date.now() - began;
      await page.reload();
      await told.waitFor({ state: 'detached' });
      return took;
    });
    expect(receiver.received).toHaveLength(tests.length);
    receiver.answerWith(() => 410);
    await page.getByRole('button', { name: 'Test My receiver' }).click();
    await page.getByText('says that there is nothing at this address').waitFor();
    await receiver.close();
  });

  it('is refused beside the field that is wrong, and corrected', async () => {
    const page = await openConsole(await Api.signIn(), { allow: [/422/] });
    await tile(page, 'Custom webhook').click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ours');
    await page.getByRole('textbox', { name: 'URL', exact: true }).fill('http://10.0.0.1/hook');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText(/must be an address on the internet/).waitFor();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'URL', exact: true }).fill('http://127.0.0.1:9/hook');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await row(page, 'Ours').waitFor();
  });

  it('is edited without its credentials being shown, and saving fresh ones delivers what died', async () => {
    const api = await Api.signIn();
    const receiver = await startReceiver(() => 500);
    const hook = await api.webhook(receiver.url);
    const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${hook.id}/test`, {});
    await eventually(async () => expect(await api.delivery(deliveryId)).toMatchObject({ status: 'dead' }));
    const page = await openConsole(api);
    await page.getByRole('button', { name: 'More for A webhook' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByText(/^Saved: http:\/\/127\.0\.0\.1/).waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Renamed');
    await page.getByText('Production', { exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Renamed').waitFor();
    expect(await api.integration(hook.id)).toMatchObject({ name: 'Renamed', environments: ['prod'] });
    await receiver.close();
  });

  it('keeps its header while its URL is edited on the same host, and asks for another host', async () => {
    const api = await Api.signIn();
    const [receiver, elsewhere] = [await startReceiver(), await startReceiver()];
    const credentials = { url: `${receiver.url}/one`, authorization: 'Bearer kept' };
    const hook = await api.webhook('', { credentials });
    const page = await openConsole(api);
    const edit = async (): Promise<void> => {
      await page.getByRole('button', { name: 'More for A webhook' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await page.getByText('An Authorization header is set.').waitFor();
    };
    await edit();
    await page.getByLabel('Deliveries at once').fill('4');
    await page.getByRole('button', { name: 'Replace the URL' }).click();
    await page.getByRole('textbox', { name: 'URL', exact: true }).fill(`${receiver.url}/two`);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A webhook is saved').waitFor();
    expect(await api.integration(hook.id)).toMatchObject({ concurrency: 4, storedSecrets: ['authorization'] });
    await api.must('POST', `/integrations/${hook.id}/test`);
    await eventually(() =>
      expect(receiver.received).toMatchObject([{ path: '/two', headers: { authorization: 'Bearer kept' } }]),
    );

    await edit();
    await page.getByRole('button', { name: 'Replace the URL' }).click();
    await page.getByRole('textbox', { name: 'URL', exact: true }).fill(`${elsewhere.url}/take`);
    await page.getByText(`is sent to ${receiver.url} only`).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove the Authorization header' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await api.must('POST', `/integrations/${hook.id}/test`);
    await eventually(() => expect(elsewhere.received).toHaveLength(1));
    expect(elsewhere.received[0]!.headers.authorization).toBeUndefined();
    await receiver.close();
    await elsewhere.close();
  });

  it('is deleted once its name is typed', async () => {
    const api = await Api.signIn();
    await api.webhook('http://127.0.0.1:9/');
    const page = await openConsole(api);
    await page.getByRole('button', { name: 'More for A webhook' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const action = page.getByRole('button', { name: 'Delete', exact: true });
    expect(await action.isDisabled()).toBe(true);
    await page.getByLabel(/^Type/).fill('A webhook');
    await pastUndo(page, () => action.click());
    await page.getByText('No destination is connected').waitFor();
    await eventually(async () => expect(await api.must('GET', '/integrations')).toMatchObject({ items: [] }));
  });
});

describe('Slack', () => {
  it('is connected for one project in three clicks, lit up, and reconnected', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const channel = Channel.fresh('slack');
    const page = await openConsole(api);
    await tile(page, 'Slack').click();
    await page.getByLabel('One project').check();
    await page.getByPlaceholder('Choose a project').click();
    await page.getByRole('option', { name: 'NitroPush iOS' }).click();
    await page.getByText('Production', { exact: true }).click();
    await page.getByLabel('Also tell us when a destination stops working').check();
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await page.getByLabel('Another channel').fill(channel.name);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('is connected').waitFor();
    expect(await page.locator('tr[data-lit]').innerText()).toContain(`Acme · ${channel.name}`);
    const [made] = (await api.must<{ items: { id: string; projectId: string }[] }>('GET', '/integrations')).items;
    expect(made).toMatchObject({ projectId: project.id, environments: ['prod'], alerts: true });

    await page.getByRole('button', { name: `More for ${channel.name}` }).click();
    await page.getByRole('menuitem', { name: 'Reconnect' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('You cancelled at the provider').waitFor();
    await expectAccessible(page);
  });
});

it('email is connected by its recipients', async () => {
  const api = await Api.signIn();
  const page = await openConsole(api, PHONE);
  await tile(page, 'Email').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The team');
  await page.getByPlaceholder('ada@example.com').fill('ada@example.com, bob@example.com');
  await page.keyboard.press('Enter');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('a…@example.com +1').waitFor();
});

it('email shows who has unsubscribed, and takes one off the list', async () => {
  const api = await Api.signIn();
  const [ada, bob] = ['ada', 'bob'].map((name) => `${name}@${api.organizationId}.example.com`) as [string, string];
  const body = { provider: 'email', name: 'The team', projectId: null, credentials: { recipients: [ada, bob] } };
  const { id } = await api.must<{ id: string }>('POST', '/integrations', body);
  await api.must('POST', `/integrations/${id}/test`);
  const link = await eventually(async () => {
    const { items } = (await (await fetch(`${stack().sandboxUrl}/api/mail`)).json()) as {
      items: { recipients: string[]; headers: Record<string, string> }[];
    };
    const mail = items.find(({ recipients }) => recipients.includes(ada));
    return /^<(.*)>$/.exec(mail!.headers['list-unsubscribe']!)![1]!;
  });
  expect((await fetch(link, { method: 'POST' })).status).toBe(200);
  const page = await openConsole(api);
  await page.getByText('1 unsubscribed').click();
  const recipients = page.getByRole('region', { name: 'Recipients' });
  await recipients.getByText('Unsubscribed').waitFor();
  await recipients.getByText(bob).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: `Remove ${ada}` }).click();
  await recipients.getByText('1 recipient', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: `Remove ${bob}` }).isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Add recipients' }).fill(`cyd@${api.organizationId}.example.com`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await recipients.getByText('2 recipients', { exact: true }).waitFor();
  await recipients.getByText(`cyd@${api.organizationId}.example.com`).waitFor();
  const viewer = await openConsole(await Api.signIn('viewer', api.organizationId), PHONE);
  await viewer.getByText('The team').waitFor();
  await expectNoSidewaysScroll(viewer);
});

it('who may not change integrations sees them, and is told why', async () => {
  const owner = await Api.signIn();
  await owner.webhook('http://127.0.0.1:9/');
  const page = await openConsole(await Api.signIn('viewer', owner.organizationId));
  await row(page, 'A webhook').waitFor();
  expect(await page.getByRole('button', { name: 'Test A webhook' }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'More for A webhook' }).isDisabled()).toBe(true);
  await tile(page, 'Slack').hover();
  await page.getByText('Your role, viewer, may not connect and change integrations').waitFor();
});

it('the list is narrowed to what needs attention, to a provider, and by words', async () => {
  const api = await Api.signIn();
  const receiver = await startReceiver();
  await api.webhook(receiver.url, { name: 'Build server' });
  await api.webhook(`${receiver.url}/paused`, { name: 'Paused', enabled: false });
  const page = await openConsole(api);
  const show = page.getByRole('combobox', { name: 'Show' });
  await show.selectOption('Disabled');
  await row(page, 'Build server').waitFor({ state: 'detached' });
  await row(page, 'Paused').waitFor();
  await page.getByText('1 of 2').waitFor();
  await show.selectOption('Needs attention');
  await page.getByText('No destination matches').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('textbox').first().fill('build');
  await page.getByText('1 of 2').waitFor();
  await receiver.close();
});
