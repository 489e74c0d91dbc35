import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api, stack } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { expectAccessible, expectNoSidewaysScroll, openConsole } from './support/console.js';

/** Begins as the console does: in the browser, so that it has the cookie. */
const begin = (page: Page, product: string, token: string): Promise<string> =>
  page.evaluate(
    async ([kind, bearer]) => {
      const response = await fetch(`/api/v1/integrations/oauth/${kind}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({ projectId: null }),
      });
      return ((await response.json()) as { authorizeUrl: string }).authorizeUrl;
    },
    [product, token] as const,
  );

describe.each(['slack', 'discord'] as const)('%s', (product) => {
  it('is connected by clicking, and its page shows the message', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh(product);
    const page = await openConsole(api);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(await begin(page, product, api.token));
    await page.getByLabel('Another channel').fill(channel.name);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL((url) => url.searchParams.has('connected'));
    const id = new URL(page.url()).searchParams.get('connected')!;
    expect(await api.integration(id)).toMatchObject({ enabled: true });

    await api.release(project.id, '1.0.5', { description: '<b>*Faster*</b> start' });
    await eventually(async () => expect(await channel.titles()).toHaveLength(1));
    await page.goto(`${stack().sandboxUrl}/#${product}/${channel.name.slice(1)}`);
    const message = page.locator('.message').first();
    await message.waitFor();
    expect(await message.innerText()).toContain('NitroPush iOS 1.0.5 released to prod');
    expect(await message.innerText()).toContain('<b>*Faster*</b> start');
    expect(await message.getByRole('link', { name: 'Open release' }).getAttribute('href')).toContain('/releases/');

    await page.getByLabel('Revoked').check();
    await page.getByText('until switched back').waitFor();
    await api.must('POST', `/integrations/${id}/test`, {});
    await page.getByText('1 turned away').waitFor();
  });

  it('leads back when somebody presses Cancel', async () => {
    const api = await Api.signIn();
    const page = await openConsole(api);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(await begin(page, product, api.token));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('You cancelled at the provider. Nothing changed.').waitFor();
    expect(new URL(page.url()).search).toBe(''); // said once: a reload does not say it again
    expect((await api.must<{ items: unknown[] }>('GET', '/integrations')).items).toEqual([]);
    await page.getByRole('link', { name: 'Releases' }).click();
    await page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor(); // what was said keeps nobody here
  });
});

describe('teams', () => {
  it('is connected by its form, tested, and its page shows the card', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh('teams');
    const page = await openConsole(undefined, {
      origin: stack().sandboxUrl,
      path: `/#teams/${channel.name.slice(1)}`,
    });
    const url = await page.locator('#workflow').innerText();

    const console = await openConsole(api, { allow: [/422/] });
    await console.getByRole('button', { name: /^Microsoft Teams/ }).click();
    await console.getByRole('textbox', { name: 'Name', exact: true }).fill('The team');
    const field = console.getByRole('textbox', { name: 'Workflow URL' });
    await field.fill(url.replace(/&sig=.*/, ''));
    await console.getByRole('button', { name: 'Connect', exact: true }).click();
    await console.getByText(/its signature, sig=… at its end, is missing/).waitFor();
    await expectAccessible(console);
    await field.fill(url);
    await console.getByRole('button', { name: 'Connect', exact: true }).click();
    await console.getByRole('row', { name: /The team/ }).waitFor();
    await console.getByRole('button', { name: 'Test The team' }).click();
    await console.getByText('the test was delivered').waitFor();

    const first = page.locator('.message').first();
    await first.waitFor();
    expect(await first.innerText()).toContain('[TEST]');
    await api.release(project.id, '1.0.5', { description: '**Faster** start\n<b>for all</b>' });
    await page.getByText('2 received').waitFor();
    const message = page.locator('.message').first();
    expect(await message.innerText()).toContain('NitroPush iOS 1.0.5 released to prod');
    expect(await message.innerText()).toMatch(/\*\*Faster\*\* start\n+<\u200bb>for all<\u200b\/b>/);
    expect(await message.getByRole('link', { name: 'Open release' }).getAttribute('href')).toContain('/releases/');
    await expectNoSidewaysScroll(page);

    await page.getByLabel('Turned off').check();
    await page.getByText('until switched back').waitFor();
    const [{ id }] = (await api.must<{ items: [{ id: string }] }>('GET', '/integrations')).items;
    await api.must('POST', `/integrations/${id}/test`, {});
    await page.getByText('1 turned away').waitFor();
  });
});

it('a mail is shown on the sandbox’s page as a mail client would show it', async () => {
  const api = await Api.signIn();
  const project = await api.project('Mail <em>app</em>');
  const recipients = [`${crypto.randomUUID()}@example.com`];
  await api.must('POST', '/integrations', {
    provider: 'email',
    name: 'Mail',
    projectId: null,
    credentials: { recipients },
  });
  await api.release(project.id, '3.2.1');
  const page = await openConsole(undefined, { origin: stack().sandboxUrl, path: '/#mail' });
  const mail = page.locator('details.card', { hasText: recipients[0] }).first();
  await mail.locator('summary').click();
  const heading = mail.frameLocator('iframe').locator('h1');
  await heading.waitFor();
  expect(await heading.innerText()).toBe('Mail <em>app</em> 3.2.1 released to prod');
});
