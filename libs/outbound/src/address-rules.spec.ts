import { describe, expect, it } from 'vitest';
import { AddressRules, addressRanges } from './index.js';

const strict = new AddressRules({ allowHttp: false, allowedCidrs: [] });
const local = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.0/8', '::1/128'] });

describe('an address', () => {
  it.each(['93.184.216.34', '2606:4700::1111'])('%s is public', (ip) => expect(strict.isAllowed(ip)).toBe(true));

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '::7f00:1',
    '2002:7f00:1::',
    'nonsense',
  ])('%s is not', (ip) => expect(strict.isAllowed(ip)).toBe(false));

  it('may be opened by the operator', () => {
    expect(['127.9.9.9', '::1', '::ffff:127.0.0.1'].map((ip) => local.isAllowed(ip))).toEqual([true, true, true]);
    expect(local.isAllowed('10.0.0.1')).toBe(false);
  });
});

describe('a URL', () => {
  it.each(['https://example.com/hook', 'https://example.com:8443/a?b=c', 'https://93.184.216.34/'])(
    '%s may be called',
    (url) => {
      expect(strict.checkUrl(url)).toBeNull();
    },
  );

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'ftp://example.com/',
    'https://user:pass@example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest',
    'https://localhost/',
    'https://a.localhost/',
    'not a url',
  ])('%s may not, and the sentence does not repeat it', (url) => {
    const sentence = strict.checkUrl(url);
    expect(sentence).toMatch(/^must/);
    expect(sentence).not.toContain(url);
  });

  it('may be plain http and local where that is allowed', () => {
    expect(local.checkUrl('http://127.0.0.1:4100/inbox/a')).toBeNull();
    expect(local.checkUrl('http://localhost:4100/')).toBeNull();
    expect(local.checkUrl('http://10.0.0.1/')).toMatch(/private/);
  });
});

describe('the ranges that are opened', () => {
  it('are checked when the service starts', () => {
    expect(addressRanges('10.0.0.0/8, ::1/128')).toEqual(['10.0.0.0/8', '::1/128']);
    for (const wrong of ['10.0.0.0', '10.0.0.0/33', 'hunter2/8', '10.0.0.0/8,x'])
      expect(() => addressRanges(wrong)).toThrow(/^must be address ranges/);
  });
});
