import { beforeAll, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { openConsole } from './support/console.js';

let api: Api;

beforeAll(async () => {
  api = await Api.signIn();
  await api.project('A project of its own');
});

const LOST = 'The server cannot be reached; trying again';

it('a server that is away is told calmly, and a page that was gone to meanwhile comes once it is back', async () => {
  const page = await openConsole(api, { allow: [/ERR_INTERNET_DISCONNECTED/] });
  await page.getByText('No destination is connected').waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Operations' }).click();
  await page.getByText(LOST).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor();
  await page.getByText('Every destination is fine').waitFor();
  expect(await page.getByText(LOST).count()).toBe(0);
});

it('what a page shows stays while the server is away, and is fresh afterwards', async () => {
  const page = await openConsole(api, { path: '/projects', allow: [/ERR_INTERNET_DISCONNECTED/] });
  await page.getByRole('link', { name: 'A project of its own' }).click();
  await page.getByText('Nothing is in Production.').waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'All projects' }).click();
  await page.getByRole('link', { name: 'A project of its own' }).click();
  const [project] = (await api.must<{ items: { id: string }[] }>('GET', '/projects')).items;
  await api.release(project!.id, '7.7.7');
  await page.getByText('Nothing is in Production.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('article', { name: '7.7.7' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

it('a sign-in that has run out is asked for again, and leads back to the same place', async () => {
  const page = await openConsole(api, { path: '/deliveries', allow: [/401/] });
  await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
  await page.route('**/api/v1/deliveries/summary**', (route) =>
    route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"title":"Sign in","status":401}' }),
  );
  await page.getByRole('link', { name: 'Operations' }).click();
  await page.getByText('Your sign-in has run out').waitFor();
  await page.unroute('**/api/v1/deliveries/summary**');
  await page.getByRole('button', { name: /^Developer/ }).click();
  await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/operations');
});

it('the keyboard reaches the content past the navigation, and the colours change and stay', async () => {
  const page = await openConsole(api);
  await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('content');
  await page.getByRole('button', { name: 'Colours' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  const scheme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.mantineColorScheme');
  expect(await scheme()).toBe('dark');
  await page.reload();
  await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  expect(await scheme()).toBe('dark');
});

it('an address that leads nowhere says so', async () => {
  const page = await openConsole(api, { path: '/nowhere' });
  await page.getByRole('heading', { name: 'Page not found', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Go to the integrations' }).click();
  await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/integrations');
});
