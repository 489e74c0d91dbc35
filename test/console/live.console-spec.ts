import { beforeAll, expect, it } from 'vitest';
import { Api, type Project } from '../e2e/support/api.js';
import { openConsole } from './support/console.js';

let api: Api;
let project: Project;

beforeAll(async () => {
  api = await Api.signIn();
  project = await api.project('Live');
  await api.webhook('http://127.0.0.1:9/closed', { name: 'Closed door' });
  await api.release(project.id, '1.0.0');
});

it('what happens shows up by itself, also after the stream was cut', async () => {
  const page = await openConsole(api, { path: '/deliveries', allow: [/ERR_INTERNET_DISCONNECTED/] });
  await page.getByRole('row', { name: /Live 1\.0\.0/ }).waitFor();
  await api.release(project.id, '1.0.1');
  await page.getByRole('row', { name: /Live 1\.0\.1.*Retrying/ }).waitFor();
  await page.context().setOffline(true);
  await api.release(project.id, '1.0.2');
  await page.context().setOffline(false);
  await page.getByRole('row', { name: /Live 1\.0\.2/ }).waitFor();
  await api.release(project.id, '1.0.3');
  await page.getByRole('row', { name: /Live 1\.0\.3.*Retrying/ }).waitFor();
  expect(await page.getByRole('row').count()).toBe(5);
});
