import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientOf } from './client.js';

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
