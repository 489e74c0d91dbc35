import { describe, expect, it } from 'vitest';
import { FORBIDDEN_ADDRESSES, FORBIDDEN_HOSTS, PUBLIC_ADDRESSES } from '../../../test/support/forbidden-addresses.js';
import { AddressRules, isInternalName } from './index.js';

const strict = new AddressRules({ allowHttp: true, allowedCidrs: [] });
const compose = new AddressRules({ allowHttp: true, allowedCidrs: ['172.31.240.0/28'] });
const oneRange = new AddressRules({ allowHttp: true, allowedCidrs: ['203.0.113.128/25'] });

describe('addresses that no tenant may have called', () => {
  it('are a corpus of more than 300', () => {
    expect(new Set(FORBIDDEN_ADDRESSES).size).toBeGreaterThan(300);
    expect(new Set(FORBIDDEN_HOSTS).size).toBeGreaterThan(400);
  });

  it.each([
    ['nothing is opened', strict],
    ['another range is opened', oneRange],
  ])('are all refused where %s', (_, rules) => {
    expect(FORBIDDEN_ADDRESSES.filter((address) => rules.isAllowed(address))).toEqual([]);
    expect(FORBIDDEN_HOSTS.filter((host) => rules.checkUrl(`http://${host}/`) === null)).toEqual([]);
    expect(FORBIDDEN_ADDRESSES.filter((address) => rules.isNameAllowed('hooks.example.com', [address]))).toEqual([]);
  });

  it('leave the addresses beside them reachable', () => {
    expect(PUBLIC_ADDRESSES.filter((address) => !strict.isAllowed(address))).toEqual([]);
  });
});

describe('ports of other protocols', () => {
  it.each([
    21, 22, 23, 25, 53, 110, 143, 389, 445, 465, 587, 1433, 2375, 2379, 3306, 5432, 5672, 6379, 6667, 9092, 9200, 11211,
    27017,
  ])('%d is refused on a name and on a public address', (port) => {
    for (const host of ['hooks.example.com', '93.184.216.34', '[2606:4700::1111]'])
      expect(strict.checkUrl(`https://${host}:${port}/`)).toMatch(/^must not use a port that belongs to another/);
  });

  it.each([80, 443, 3000, 4000, 8000, 8080, 8443, 9443])('%d is not one', (port) => {
    expect(strict.checkUrl(`https://hooks.example.com:${port}/`)).toBeNull();
  });

  it('may be called where the operator has opened the address', () => {
    expect(compose.checkUrl('http://172.31.240.2:6379/')).toBeNull();
    expect(compose.checkUrl('http://172.31.240.16:8080/')).toMatch(/^must be an address on the internet/);
  });
});

describe('names of this network', () => {
  const names = ['postgres', 'unix', 'postgres.', 'LOCALHOST', 'a.localhost', 'db.local', 'metadata.google.internal'];
  const more = ['kubernetes.default.svc', 'postgres.nitropush.svc.cluster.local', 'nas.lan', 'router.home.arpa'];

  it.each([...names, ...more])('%s is refused with the one sentence, whether it exists or not', (name) => {
    expect(isInternalName(name)).toBe(true);
    expect(strict.checkUrl(`http://${name}:27000/`)).toBe(strict.checkUrl('http://10.0.0.1/'));
    for (const addresses of [[], ['10.0.0.1'], ['93.184.216.34'], ['127.0.0.1', '::1']])
      expect(compose.isNameAllowed(name, addresses)).toBe(false);
  });

  it('may be called where they stand for an address that the operator has opened', () => {
    expect(compose.checkUrl('http://sandbox:4100/')).toBeNull();
    expect(compose.isNameAllowed('sandbox', ['172.31.240.3'])).toBe(true);
  });

  it.each(['hooks.example.com', 'example.com.', 'localhost.example.com', 'internal.example'])(
    '%s is not one',
    (name) => {
      expect(isInternalName(name)).toBe(false);
    },
  );
});
