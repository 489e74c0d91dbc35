import { expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { expectAccessible, openConsole } from './support/console.js';

it('a destination whose name cannot be asked for is not called deleted', async () => {
  const api = await Api.signIn();
  const project = await api.project('Checkout');
  await api.webhook(`${stack().sandboxUrl}/inbox/${api.organizationId}`);
  const release = await api.release(project.id, '1.0.0');
  await eventually(async () => expect(await api.deliveries()).toMatchObject([{ status: 'delivered' }]));
  const page = await openConsole(undefined, { path: '/', allow: [/503/] });
  await page.route(/\/api\/v1\/integrations(\?|$)/, (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(`/projects/${project.id}/releases/${release.id}#token=${api.token}`);
  await page.getByText('Delivered to 1 of 1').waitFor();
  await page.getByRole('main').getByText('Unknown').first().waitFor();
  expect(await page.getByText('deleted destination').count()).toBe(0);
  await expectAccessible(page);
});
