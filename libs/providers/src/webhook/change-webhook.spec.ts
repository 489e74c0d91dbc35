import { describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import type { CredentialsChange, FormSetup } from '../declaration.js';
import { WEBHOOK } from './webhook.declaration.js';

const setup = WEBHOOK.setup as FormSetup;
const tools = {
  rules: new AddressRules({ allowHttp: true, allowedCidrs: [] }),
  resolve: () => Promise.resolve([{ address: '93.184.216.34', family: 4 as const }]),
  ownerOf: () => null,
};
const destination = 'https://hooks.example.com/…';

const change = (typed: Record<string, unknown>, secrets: readonly string[] | null): Promise<CredentialsChange> =>
  setup.change!(typed, { destination, secrets }, tools);

const SET = ['authorization'];
const HERE = 'https://hooks.example.com/next';

describe('a change to the credentials of a webhook', () => {
  it.each<[string, Record<string, unknown>, readonly string[] | null, unknown, string | null]>([
    ['keeps a header', { url: HERE }, SET, { url: HERE }, 'authorization'],
    ['keeps what an earlier version saved', { url: HERE }, null, { url: HERE }, 'authorization'],
    ['keeps nothing where none is set', { url: HERE }, [], { url: HERE, authorization: null }, null],
    [
      'keeps a header by the port that is meant',
      { url: 'https://hooks.example.com:443/next' },
      SET,
      { url: HERE },
      'authorization',
    ],
    ['takes both', { url: HERE, authorization: 'b' }, SET, { url: HERE, authorization: 'b' }, null],
    ['removes the header', { url: HERE, authorization: null }, SET, { url: HERE, authorization: null }, null],
    ['keeps the URL', { authorization: 'b' }, SET, { authorization: 'b', origin: 'https://hooks.example.com' }, 'url'],
    [
      'keeps the URL without a header',
      { authorization: null },
      SET,
      { authorization: null, origin: 'https://hooks.example.com' },
      'url',
    ],
  ])('%s', async (_, typed, secrets, plain, keep) => {
    expect(await change(typed, secrets)).toMatchObject({ kind: 'ok', credentials: { plain, keep, destination } });
  });

  it.each([
    ['another host', 'https://evil.example/next'],
    ['a host below', 'https://a.hooks.example.com/next'],
    ['another port', 'https://hooks.example.com:8443/next'],
    ['plain HTTP', 'http://hooks.example.com/next'],
    ['a dot at the end', 'https://hooks.example.com./next'],
  ])('keeps no header for %s', async (_, url) => {
    for (const secrets of [SET, null])
      expect(await change({ url }, secrets)).toMatchObject({ kind: 'refused', error: { field: 'authorization' } });
    expect(await change({ url }, [])).toMatchObject({ kind: 'ok', credentials: { keep: null } });
  });
});
