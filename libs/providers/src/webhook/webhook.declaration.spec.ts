import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AddressRules, type ResolveName } from '#libs/outbound';
import { FORBIDDEN_ADDRESSES, FORBIDDEN_HOSTS } from '../../../../test/support/forbidden-addresses.js';
import type { FormSetup } from '../declaration.js';
import { ownerOf } from '../declarations.js';
import { WEBHOOK } from './webhook.declaration.js';

const setup = WEBHOOK.setup as FormSetup;
/** The form as it is checked under these rules. */
const checkedBy = (rules: AddressRules, names: ResolveName) => ({
  check: (credentials: Record<string, unknown>) => setup.check(credentials, { rules, resolve: names, ownerOf }),
});

const production = new AddressRules({ allowHttp: false, allowedCidrs: [] });
const NAMES: Record<string, string[]> = {
  'hooks.example.com': ['93.184.216.34'],
  'intranet.example.com': ['10.0.0.5', 'fd00::5'],
  localhost: ['127.0.0.1'],
  'both.example.com': ['10.0.0.5', '93.184.216.34'],
};
/** Knows these names alone; of any other it says what a name server says. */
const resolve: ResolveName = (host) => {
  const addresses = NAMES[host];
  if (!addresses) return Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
  return Promise.resolve(addresses.map((address) => ({ address, family: isIP(address) as 4 | 6 })));
};
const provider = checkedBy(production, resolve);
const url = 'https://hooks.example.com/T000/secret-token?k=v';

describe('the credentials of a webhook', () => {
  it.each([
    [url, 'https://hooks.example.com/…'],
    ['https://hooks.example.com:8443/x', 'https://hooks.example.com:8443/…'],
    ['HTTPS://Hooks.Example.com:443/x', 'https://hooks.example.com/…'],
    ['https://93.184.216.34/x', 'https://93.184.216.34/…'],
    ['https://[2606:4700::1111]/x', 'https://[2606:4700::1111]/…'],
    ['https://not-there-yet.example.com/x', 'https://not-there-yet.example.com/…'],
    ['https://both.example.com/x', 'https://both.example.com/…'],
  ])('%s is shown as %s', async (address, destination) => {
    expect(await provider.check({ url: address })).toEqual({
      kind: 'ok',
      credentials: { plain: { url: new URL(address).href, authorization: null }, destination, secrets: [] },
    });
  });

  it.each([
    [`  ${url}\n`],
    [`<${url}>`],
    [`<${url}|our hook>`],
    [`"${url}"`],
    [`'${url}'`],
    [`“${url}”`],
    [`\u200b \`${url}\` `],
    [url.slice('https://'.length)],
    [url.slice('https:'.length)],
    [`< "${url.slice('https://'.length)}" >`],
  ])('%j is understood', async (pasted) => {
    expect(await provider.check({ url: pasted })).toMatchObject({ kind: 'ok', credentials: { plain: { url } } });
  });

  it.each([
    ['hooks.example.com:8443/x', 'https://hooks.example.com:8443/x'],
    ['hooks.example.com', 'https://hooks.example.com/'],
    ['bücher.example/x', 'https://xn--bcher-kva.example/x'],
  ])('%s is taken for %s', async (pasted, meant) => {
    expect(await provider.check({ url: pasted })).toMatchObject({ kind: 'ok', credentials: { plain: { url: meant } } });
  });

  it.each(['javascript:alert(1)', 'mailto:ada@example.com', 'user:pass@hooks.example.com', 'ftp://hooks.example.com/'])(
    '%s is not made an address',
    async (pasted) => {
      expect((await provider.check({ url: pasted })).kind).not.toBe('ok');
    },
  );

  it.each<[string, RegExp]>([
    ['https://hooks.slack.com/services/T0/B0/x', /use the Slack tile/],
    ['<https://hooks.slack.com/services/T0/B0/x>', /use the Slack tile/],
    ['http://hooks.slack.com/services/T0/B0/x', /use the Slack tile/],
    ['hooks.slack.com./workflows/T0/A0/x', /use the Slack tile/],
    ['https://hooks.slack-gov.com/services/T0/B0/x', /use the Slack tile/],
    ['https://discord.com/api/webhooks/1/x', /use the Discord tile/],
    ['https://discordapp.com/api/webhooks/1/x/slack', /use the Discord tile/],
    ['https://canary.discord.com/api/v10/webhooks/1/x', /use the Discord tile/],
    ['https://contoso.webhook.office.com/webhookb2/x', /Microsoft Teams.*own format.*use the Microsoft Teams tile/],
    ['https://outlook.office.com/webhook/x', /Microsoft Teams.*own format.*use the Microsoft Teams tile/],
    [
      'https://prod-01.westeurope.logic.azure.com:443/workflows/a1/triggers/manual/paths/invoke?sig=x',
      /Microsoft Teams.*own format.*use the Microsoft Teams tile/,
    ],
    [
      'https://default1.00.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/a1/triggers/manual/paths/invoke?sig=x',
      /Microsoft Teams.*own format.*use the Microsoft Teams tile/,
    ],
    ['https://chat.googleapis.com/v1/spaces/A/messages?key=x&token=y', /Google Chat.*own format/],
    ['https://webexapis.com/v1/webhooks/incoming/x', /Webex.*own format/],
    ['https://api.telegram.org/bot1:x/sendMessage', /Telegram.*own format/],
  ])('%s is refused with what to do instead', async (address, sentence) => {
    const check = await provider.check({ url: address });
    expect(check).toMatchObject({ kind: 'refused', error: { field: 'url', message: expect.stringMatching(sentence) } });
    expect(JSON.stringify(check)).toMatch(/"must not be an address of /);
  });

  it.each([
    'https://slack.com.example.com/x',
    'https://my-discord.com/x',
    'https://myslack.com/x',
    'https://a.logic.azure.com/other',
  ])('%s is accepted', async (address) => expect((await provider.check({ url: address })).kind).toBe('ok'));

  it.each([
    'Authorization: Bearer abc',
    'authorization:Bearer abc',
    ' AUTHORIZATION :  Bearer abc ',
    '"Authorization: Bearer abc"',
    `-H 'Authorization: Bearer abc'`,
    'Authorization: "Bearer abc"',
  ])('%j is Bearer abc', async (authorization) => {
    expect(await provider.check({ url, authorization })).toMatchObject({
      credentials: { plain: { url, authorization: 'Bearer abc' } },
    });
  });

  it.each(['Basic dXNlcjpwYXNz', 'abc:def', 'Digest username="a: b"'])('%s stays as it is', async (authorization) => {
    expect(await provider.check({ url, authorization })).toMatchObject({ credentials: { plain: { authorization } } });
  });

  it('may hold an Authorization header', async () => {
    expect(await provider.check({ url, authorization: 'Bearer abc' })).toMatchObject({
      credentials: { plain: { url, authorization: 'Bearer abc' } },
    });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['no URL', {}, ['url']],
    ['a number', { url: 7 }, ['url']],
    ['a word', { url: 'hooks' }, ['url']],
    ['nonsense', { url: 'https://' }, ['url']],
    ['2,001 characters', { url: `https://hooks.example.com/${'x'.repeat(1_975)}` }, ['url']],
    ['more than 2,000 when written out', { url: `https://hooks.example.com/${'ä'.repeat(400)}` }, ['url']],
    ['a second header', { url, authorization: 'a\r\nHost: b' }, ['authorization']],
    ['an empty header', { url, authorization: '' }, ['authorization']],
    ['the name of the header alone', { url, authorization: 'Authorization: ' }, ['authorization']],
    ['another header', { url, authorization: 'X-Api-Key: abc' }, ['authorization']],
    ['letters beyond ASCII', { url, authorization: 'Bearer ü' }, ['authorization']],
    ['4,001 characters', { url, authorization: 'x'.repeat(4_001) }, ['authorization']],
    ['an unknown field', { url, headers: {} }, ['headers']],
    ['two faults', { authorization: 7 }, ['url', 'authorization']],
  ])('%s is malformed', async (_, credentials, fields) => {
    const check = await provider.check(credentials);
    expect(check.kind === 'invalid' && check.errors.map(({ field }) => field)).toEqual(fields);
  });

  it.each([
    'http://hooks.example.com/x',
    'file:///etc/passwd',
    'https://user:pass@hooks.example.com/x',
    'https://hooks.example.com/x#part',
    'https://hooks.example.com/x#',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://10.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://intranet.example.com/x',
  ])('%s may not be called, and the sentence does not repeat it', async (address) => {
    const check = await provider.check({ url: address });
    expect(check).toMatchObject({ kind: 'refused', error: { field: 'url', message: expect.stringMatching(/^must/) } });
    expect(JSON.stringify(check)).not.toContain(address.slice(8));
  });

  it('is refused at every host of the corpus, and by every name that leads to one', async () => {
    const through: string[] = [];
    for (const host of FORBIDDEN_HOSTS)
      if ((await provider.check({ url: `https://${host}/x` })).kind === 'ok') through.push(host);
    for (const address of FORBIDDEN_ADDRESSES) {
      const leading = checkedBy(production, () => Promise.resolve([{ address, family: isIP(address) as 4 | 6 }]));
      if ((await leading.check({ url: 'https://leads.example.com/x' })).kind === 'ok') through.push(address);
    }
    expect(through).toEqual([]);
  });

  it('is refused by one answer for names of this network, whether they exist or not', async () => {
    const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['172.31.240.0/28'] });
    const inside: ResolveName = (host) =>
      host === 'postgres' ? Promise.resolve([{ address: '172.18.0.2', family: 4 }]) : resolve(host);
    for (const anyRules of [rules, production]) {
      const within = checkedBy(anyRules, inside);
      const there = await within.check({ url: 'https://postgres:27000/' });
      expect(there).toMatchObject({ kind: 'refused', error: { field: 'url' } });
      expect(await within.check({ url: 'https://unix/' })).toEqual(there);
      expect(await within.check({ url: 'https://no-such.default.svc.cluster.local/' })).toEqual(there);
      expect(await within.check({ url: 'https://10.0.0.1/' })).toEqual(there);
    }
  });

  it('may be local where the operator allows it', async () => {
    const local = checkedBy(new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }), resolve);
    for (const address of ['http://127.0.0.1:4100/inbox/qa', 'http://localhost:4100/inbox/qa'])
      expect((await local.check({ url: address })).kind).toBe('ok');
    expect((await local.check({ url: 'http://10.0.0.1/' })).kind).toBe('refused');
  });
});
