import { describe, expect, it } from 'vitest';
import { opensTooMuch, standIn } from './index.js';

describe('ranges that are opened in production', () => {
  it.each([
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '127.0.0.0/8',
    '127.0.0.1/32',
    '169.254.0.0/16',
    '160.0.0.0/4',
    '168.63.129.16/32',
    '::1/128',
    'fe80::/10',
    'fc00::/6',
  ])('are not %s', (range) => expect(opensTooMuch(['10.1.0.0/16', range])).toMatch(/^must not hold/));

  it('may be private ones, or none', () => {
    expect(opensTooMuch([])).toBeUndefined();
    expect(opensTooMuch(['10.0.0.0/8', '172.31.240.0/28', '192.168.0.0/16', 'fd12:3456::/32'])).toBeUndefined();
  });
});

describe('the address of a provider in production', () => {
  it.each([
    'http://slack.com',
    'https://localhost:4100/slack',
    'https://sandbox/slack',
    'https://sandbox.localhost/x',
    'https://127.0.0.1:4100/slack',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:0.0.0.0]/',
  ])('is not %s', (url) => expect(standIn(url)).toMatch(/^must/));

  it.each(['https://slack.com', 'https://slack-gov.com', 'https://slack.proxy.example', 'https://discord.com'])(
    'may be %s',
    (url) => expect(standIn(url)).toBeUndefined(),
  );
});
