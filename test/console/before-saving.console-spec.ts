import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api } from '../e2e/support/api.js';
import { startReceiver } from '../support/receiver.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

it('a webhook is tested and its messages are seen before it is saved', async () => {
  const api = await Api.signIn();
  const receiver = await startReceiver();
  const page = await openConsole(api, PHONE);
  await page.getByRole('button', { name: /^Custom webhook/ }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ours');
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(`${receiver.url}/typed`);
  await page.getByRole('button', { name: 'Send a test' }).click();
  const delivered = page.getByText(/^The test was delivered/);
  await delivered.waitFor();
  const connect = page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true });
  await eventually(async () => {
    const [result, footer] = [await delivered.boundingBox(), await connect.boundingBox()];
    expect(result!.y + result!.height).toBeLessThan(footer!.y); // seen without scrolling
  });
  receiver.answerWith(() => 404);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('says that there is nothing at this address').waitFor();
  await page.getByRole('button', { name: 'Preview messages' }).click();
  const preview = page.getByRole('region', { name: 'Message preview' });
  await preview.getByText('"type": "release.created"').waitFor();
  await preview.getByLabel('Event').selectOption('Promoted');
  await preview.getByText('"type": "release.promoted"').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/typed', '/typed']);
  expect(await api.must('GET', '/integrations')).toMatchObject({ items: [] });
  await receiver.close();
});

it.each([
  ['Slack', 'Open release'],
  ['Discord', 'Environment'],
  ['Email', 'Environment: prod'],
  ['Microsoft Teams', 'Open release'],
])('the messages of %s are shown before it is connected', async (tile, seen) => {
  const page = await openConsole(await Api.signIn());
  await page.getByRole('button', { name: new RegExp(`^${tile}`) }).click();
  await page.getByRole('button', { name: 'Preview messages' }).click();
  const preview = page.getByRole('region', { name: 'Message preview' });
  await preview.getByText('Your first project 1.4.2 released to prod').first().waitFor();
  await preview.getByText(seen).first().waitFor();
  const event = preview.getByLabel('Event');
  await event.selectOption('Rollout changed');
  await preview
    .getByText(/rollout 10 % → 50 %/)
    .first()
    .waitFor();
  for (const [alert, said] of [
    ['Destination disconnected', '#releases is disconnected'],
    ['Destination keeps failing', '#releases keeps failing'],
    ['Destination recovered', '#releases works again'],
  ] as const) {
    await event.selectOption(alert);
    await preview.getByText(said).first().waitFor();
  }
  const footer = page.getByRole('dialog').getByRole('status').last();
  expect(await footer.innerText()).toBe('All events · All projects · All environments');
  await page.getByRole('checkbox', { name: 'Also tell us when a destination stops working' }).check();
  await eventually(async () => expect(await footer.innerText()).toMatch(/ · Alerts$/));
  await expectAccessible(page);
});

it('a release shows the message that it is about to send', async () => {
  const api = await Api.signIn();
  const project = await api.project('Checkout');
  await api.webhook('http://127.0.0.1:9/');
  const page = await openConsole(api, { path: `/projects/${project.id}`, width: 1024, height: 768 });
  await page
    .getByRole('button', { name: /New release/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Version' }).fill('9.8.7');
  await page.getByRole('button', { name: 'Preview messages' }).click();
  const preview = page.getByRole('region', { name: 'Message preview' });
  await preview.getByText('"version": "9.8.7"').waitFor();
  const footer = page.getByRole('dialog').getByRole('button', { name: 'Release', exact: true });
  await eventually(async () => {
    const [message, below] = [await preview.getByText('Body of the request').boundingBox(), await footer.boundingBox()];
    expect(message!.y + 100).toBeLessThan(below!.y); // seen without scrolling
  });
  await expectAccessible(page);
});
