import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Received } from '../support/receiver.js';
import { PHONE, expectAccessible, openConsole } from './support/console.js';

it('a refusal shows the headers of its answer once they are unfolded', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(503, { 'x-request-id': 'r-42', 'set-cookie': 'a=1' }).end('later');
  });
  await api.webhook(receiver.url);
  await api.release(project.id, '3.1.4');
  const { id } = await eventually(async () => {
    const [delivery] = await api.deliveries();
    expect(delivery?.attemptCount).toBe(1);
    return delivery!;
  });
  const page = await openConsole(api, { path: `/deliveries/${id}` });
  await page.getByText(/headers of the answer/).click();
  await page.getByText('x-request-id: r-42').waitFor();
  await page.getByText('set-cookie: [redacted]').waitFor();
  await expectAccessible(page);
  await receiver.close();
});

it('one is found by the id that its receiver was given; an id that is nobody’s is said', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver();
  await api.webhook(receiver.url);
  await api.release(project.id, '3.1.4');
  const [{ headers }] = await eventually(() => {
    expect(receiver.received).toHaveLength(1);
    return receiver.received as [Received];
  });
  const page = await openConsole(api, { path: '/deliveries', allow: [/404: GET/, /status of 404/] });
  const find = page.getByRole('search').getByRole('textbox');
  await find.fill(` ${String(headers['webhook-id'])}`);
  await find.press('Enter');
  await page.getByText('3.1.4').first().waitFor();
  await page.getByRole('heading', { name: 'Attempts' }).waitFor();
  await page.goBack();
  await find.fill(crypto.randomUUID());
  await find.press('Enter');
  await page.getByRole('alert').getByText('No such delivery').waitFor();
  await receiver.close();
});

it('a delivery that arrived is resent only once that is confirmed, and not where its destination was deleted', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver();
  const hook = await api.webhook(receiver.url, { name: 'Ours' });
  await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(1));
  const [delivery] = await api.deliveries();
  const page = await openConsole(api, { ...PHONE, path: `/deliveries/${delivery!.id}` });
  const resend = page.getByRole('button', { name: 'Resend' });
  await resend.click();
  const dialog = page.getByRole('dialog', { name: 'Resend NitroPush iOS 1.0.0 to Ours?' });
  await dialog.getByText('Ours already has this message.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(receiver.received).toHaveLength(1);
  await resend.click();
  await dialog.getByRole('button', { name: 'Resend' }).click();
  await page.getByText('Delivered to Ours').waitFor();
  expect(receiver.received).toHaveLength(2);

  await api.must('DELETE', `/integrations/${hook.id}`);
  await page.reload();
  await page.getByText('A deleted destination', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Attempts' }).waitFor();
  expect(await resend.count()).toBe(0);
  await receiver.close();
});
