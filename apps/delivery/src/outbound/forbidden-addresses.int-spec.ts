import { isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { FORBIDDEN_ADDRESSES } from '../../../../test/support/forbidden-addresses.js';
import { FarEnd } from '../providers/far-end.suite.js';
import { OutboundHttp } from './outbound-http.service.js';

const FORBIDDEN = { kind: 'unanswered', code: 'address_forbidden', detail: null };

describe('an attempt at an address that no tenant may have called', () => {
  const farEnd = new FarEnd();
  let port = '';
  let named: string | Error = '';
  const http = new OutboundHttp({
    // the address is all that stands between them: the URL itself is always let through
    rules: {
      checkUrl: () => null,
      isAllowed: (ip) => new AddressRules({ allowHttp: true, allowedCidrs: [] }).isAllowed(ip),
    },
    timeoutMs: 10_000,
    resolve: () =>
      named instanceof Error
        ? Promise.reject(named)
        : Promise.resolve([{ address: named, family: isIP(named) as 4 | 6 }]),
  });
  const post = (host: string) =>
    http.post({ url: `http://${host}:${port}/`, headers: {}, body: '{}', signal: new AbortController().signal });

  beforeAll(async () => {
    ({ port } = new URL(await farEnd.start()));
  });
  afterAll(async () => {
    await http.close();
    await farEnd.stop();
  });

  it('is never made, as a literal or behind a name', async () => {
    const through: string[] = [];
    for (const [place, address] of FORBIDDEN_ADDRESSES.entries()) {
      named = address;
      for (const host of [isIP(address) === 6 ? `[${address}]` : address, `n${place}.example`]) {
        const result = await post(host);
        if (result.kind !== 'unanswered' || result.code !== 'address_forbidden') through.push(host);
      }
    }
    expect(through).toEqual([]);
    expect(farEnd.seen).toHaveLength(0);
  });

  it('says the same of a name of this network that is there and of one that is not', async () => {
    named = '10.0.0.7';
    expect(await post('postgres')).toEqual(FORBIDDEN);
    for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEOUT']) {
      named = Object.assign(new Error(code), { code });
      expect(await post('unix')).toEqual(FORBIDDEN);
    }
    expect(await post('nowhere.example')).toEqual({ kind: 'unanswered', code: 'dns_failed', detail: null });
  });
});
