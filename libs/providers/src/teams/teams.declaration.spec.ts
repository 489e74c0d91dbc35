import { describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import type { FormSetup } from '../declaration.js';
import { ownerOf } from '../declarations.js';
import { TEAMS } from './teams.declaration.js';

const setup = TEAMS.setup as FormSetup;
const checkedBy = (rules: AddressRules) => (credentials: Record<string, unknown>) =>
  setup.check(credentials, { rules, resolve: () => Promise.resolve([]), ownerOf });
const check = checkedBy(new AddressRules({ allowHttp: false, allowedCidrs: [] }));
const checkLocally = checkedBy(new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }));

const QUERY = '?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB3_S3cret-signature';
const HOST = 'default0123456789abcdef.01.environment.api.powerplatform.com';
const PATH =
  '/powerautomate/automations/direct/workflows/0a1b2c3d4e5f60718293a4b5c6d7e8f9/triggers/manual/paths/invoke';
const url = `https://${HOST}${PATH}${QUERY}`;
const logicApp = `https://prod-01.westeurope.logic.azure.com/workflows/0a1b2c/triggers/manual/paths/invoke${QUERY}`;

describe('the URL of a Teams workflow', () => {
  it.each([
    [url, `https://${HOST}/… · workflow …e8f9`],
    [url.replace('.com/', '.com:443/'), `https://${HOST}/… · workflow …e8f9`],
    [logicApp, 'https://prod-01.westeurope.logic.azure.com/… · workflow …1b2c'],
    [logicApp.replace('azure.com', 'azure.us'), 'https://prod-01.westeurope.logic.azure.us/… · workflow …1b2c'],
    [
      url.replace('environment.api.powerplatform.com', 'environment.api.gov.powerplatform.microsoft.us'),
      'https://default0123456789abcdef.01.environment.api.gov.powerplatform.microsoft.us/… · workflow …e8f9',
    ],
  ])('%s is shown as %s', async (typed, destination) => {
    expect(await check({ url: typed })).toEqual({
      kind: 'ok',
      credentials: { plain: { url: new URL(typed).href }, destination },
    });
    expect(destination).not.toContain('aB3');
  });

  it.each([` ${url}\n`, `<${url}>`, `"${url}"`, url.slice('https://'.length), url.replaceAll('&', '&amp;')])(
    '%j is understood',
    async (pasted) =>
      expect(await check({ url: pasted })).toMatchObject({ kind: 'ok', credentials: { plain: { url } } }),
  );

  it.each<[string, RegExp]>([
    ['https://contoso.webhook.office.com/webhookb2/x@y/IncomingWebhook/z', /connector.*retiring.*Add a workflow/],
    ['https://outlook.office.com/webhook/x', /connector/],
    ['https://make.powerautomate.com/environments/x/flows/y/details', /Workflows app of Teams/],
    ['https://teams.microsoft.com/l/channel/19%3Ax', /Workflows app of Teams/],
    [`https://hooks.example.com${PATH}${QUERY}`, /Workflows app of Teams/],
    [`https://${HOST}.example.com${PATH}${QUERY}`, /Workflows app of Teams/],
    [`https://93.184.216.34${PATH}${QUERY}`, /Workflows app of Teams/],
    [`https://${HOST}/powerautomate/other${QUERY}`, /Workflows app of Teams/],
    [`https://${HOST}${PATH}`, /signature.*missing/],
    [`https://${HOST}${PATH}?api-version=1&sig=`, /signature.*missing/],
    [`http://${HOST}${PATH}${QUERY}`, /must begin with https/],
    [`https://user:pass@${HOST}${PATH}${QUERY}`, /user name or password/],
    [`${url}#part`, /fragment/],
    [`http://127.0.0.1:4100/teams/workflows/1/triggers/manual/paths/invoke${QUERY}`, /must/],
    [`https://localhost/teams/workflows/1/triggers/manual/paths/invoke${QUERY}`, /must/],
  ])('%s may not be called, and the sentence does not repeat it', async (typed, sentence) => {
    const refused = await check({ url: typed });
    expect(refused).toMatchObject({
      kind: 'refused',
      error: { field: 'url', message: expect.stringMatching(sentence) as string },
    });
    expect(JSON.stringify(refused)).not.toMatch(/S3cret|default0123|pass@/);
  });

  it.each(['127.0.0.1:4100', 'localhost:4100'])(
    'may be of a stand-in that the operator has opened: %s',
    async (host) => {
      const local = `http://${host}/teams/workflows/1/triggers/manual/paths/invoke${QUERY}`;
      expect(await checkLocally({ url: local })).toMatchObject({ kind: 'ok', credentials: { plain: { url: local } } });
    },
  );

  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing', {}, ['url']],
    ['a number', { url: 7 }, ['url']],
    ['a word', { url: 'teams' }, ['url']],
    ['2,001 characters', { url: `${url}${'x'.repeat(2_001 - url.length)}` }, ['url']],
    ['another field', { url, authorization: 'x' }, ['authorization']],
  ])('%s is malformed', async (_case, credentials, fields) => {
    const invalid = await check(credentials);
    expect(invalid.kind === 'invalid' && invalid.errors.map(({ field }) => field)).toEqual(fields);
  });

  it('leads to its workflow, whatever its query says', () => {
    expect(setup.target({ url })).toBe(setup.target({ url: `${url}2` }));
    expect(setup.target({ url })).not.toBe(setup.target({ url: logicApp }));
    expect(setup.target({ url })).not.toContain('0a1b2c');
  });

  it.each([url, logicApp, 'https://contoso.webhook.office.com/webhookb2/x'])('is known as its own: %s', (address) =>
    expect(ownerOf(new URL(address))).toBe('Microsoft Teams'),
  );

  it.each(['https://a.logic.azure.com/other', 'https://hooks.example.com/x', `https://x.example${PATH}`])(
    'is not its own: %s',
    (address) => expect(ownerOf(new URL(address))).toBeNull(),
  );
});
