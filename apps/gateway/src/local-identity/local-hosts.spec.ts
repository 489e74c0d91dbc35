import { describe, expect, it } from 'vitest';
import { isLocalHost } from './local-hosts.js';

describe('the host that a development token is asked for at', () => {
  it.each([
    ['localhost', true],
    ['localhost:4000', true],
    ['LOCALHOST:4000', true],
    ['sandbox.localhost', true],
    ['127.0.0.1:4000', true],
    ['127.8.9.10', true],
    ['2130706433', true], // 127.0.0.1, as browsers read it
    ['[::1]:4000', true],
    ['gateway:4000', true],
    ['evil.example', false],
    ['evil.example:4000', false],
    ['localhost.evil.example', false],
    ['evil-localhost', false],
    ['127.0.0.1.evil.example', false],
    ['10.0.0.1', false],
    ['0.0.0.0', false],
    ['[::ffff:10.0.0.1]', false],
    ['user@evil.example', false],
    ['gateway.evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s', (host, local) => {
    expect(isLocalHost(host, ['gateway'])).toBe(local);
  });
});
