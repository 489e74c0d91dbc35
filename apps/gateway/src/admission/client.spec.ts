import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressKey, clientOf } from './client.js';

const request = (headers: Record<string, string>): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '10.0.0.9' } }) as unknown as IncomingMessage;

describe('client', () => {
  it.each([
    ['nobody is believed without trusted proxies', { 'x-forwarded-for': '1.1.1.1' }, 0, '10.0.0.9'],
    ['the proxy before us says who it was', { 'x-forwarded-for': '1.1.1.1' }, 1, '1.1.1.1'],
    ['what the client claims is left of it', { 'x-forwarded-for': '6.6.6.6, 1.1.1.1' }, 1, '1.1.1.1'],
    ['two proxies', { 'x-forwarded-for': '6.6.6.6,1.1.1.1, 10.0.0.8' }, 2, '1.1.1.1'],
    ['a proxy that says nothing', {}, 1, '10.0.0.9'],
    ['fewer entries than proxies', { 'x-forwarded-for': '1.1.1.1' }, 3, '1.1.1.1'],
  ])('%s', (_case, headers, trusted, address) => {
    expect(clientOf(request(headers as Record<string, string>), trusted).address).toBe(address);
  });

  it('takes the protocol from a trusted proxy only', () => {
    expect(clientOf(request({ 'x-forwarded-proto': 'https' }), 1).protocol).toBe('https');
    expect(clientOf(request({ 'x-forwarded-proto': 'https' }), 0).protocol).toBe('http');
  });
});

describe('an address that limits go by', () => {
  it.each([
    ['IPv4', '1.2.3.4', '1.2.3.4'],
    ['IPv4 that is written as IPv6', '::ffff:1.2.3.4', '1.2.3.4'],
    ['IPv6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['another of the same network', '2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['IPv6 with a zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['no address', 'unknown', 'unknown'],
    ['what a proxy made up', 'a:b', 'a:b'],
  ])('%s', (_case, address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
