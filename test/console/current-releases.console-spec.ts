import { expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { PHONE, expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

it('the list of projects shows what is out in each environment, and leads there', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  await api.project('Nothing yet');
  await api.release(project.id, '1.0.4', { environment: 'prod' });
  await api.release(project.id, '1.0.5', { environment: 'prod', rolloutPercentage: 25 });
  await api.release(project.id, '1.1.0', { environment: 'test' });
  const page = await openConsole(api, { path: '/projects' });
  const cells = async (name: string): Promise<string[]> => {
    const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
    return (await row.getByRole('cell').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  };
  await page.getByRole('link', { name: '1.0.5' }).waitFor();
  expect((await cells('NitroPush iOS')).slice(1, 4)).toEqual(['1.1.0', '–', '1.0.5 25 %']);
  expect((await cells('Nothing yet')).slice(1, 4)).toEqual(['–', '–', '–']);
  await expectAccessible(page);
  await page.setViewportSize(PHONE as { width: number; height: number });
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: '1.0.5' }).click();
  await page.getByRole('heading', { level: 1, name: '1.0.5 in Production' }).waitFor();
});

it('the columns of environments have their width before it is known what is out there', async () => {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  await api.release(project.id, '1.0.5-beta.12', { environment: 'prod', rolloutPercentage: 25 });
  const page = await openConsole(undefined, { path: '/' });
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/v1/releases/current', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(`/projects#token=${api.token}`);
  await page.getByRole('link', { name: 'NitroPush iOS' }).waitFor();
  const edges = async () =>
    (await Promise.all((await page.getByRole('columnheader').all()).map((one) => one.boundingBox()))).map((box) =>
      Math.round(box!.x),
    );
  const before = await edges();
  answer();
  await page.getByRole('link', { name: '1.0.5-beta.12' }).waitFor();
  expect(await edges()).toEqual(before);
});

it('a release in the console is in the list of projects at once', async () => {
  const api = await Api.signIn();
  await api.project('NitroPush iOS');
  const page = await openConsole(api, { path: '/projects' });
  await page.getByRole('link', { name: 'NitroPush iOS' }).click();
  await page.getByText('Nothing is in Test.').waitFor();
  await page.getByRole('button', { name: 'New release' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Version').fill('3.0.0');
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'All projects' }).click();
  await page.getByRole('link', { name: '3.0.0' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/projects');
});
