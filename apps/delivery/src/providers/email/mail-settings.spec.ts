import { describe, expect, it } from 'vitest';
import { greetingOf, greetingSetting, isOpportunistic, mailSenderSetting, mailServerSetting } from './mail-settings.js';

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false, requireTls: false, auth: null }],
    ['smtp://127.0.0.1:4125', { host: '127.0.0.1', port: 4125, secure: false }],
    ['smtp://[::1]:25/', { host: '::1', port: 25 }],
    ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, secure: true, requireTls: false }],
    ['smtps://u:p@mail.example.com:4465', { port: 4465, requireTls: false, auth: { user: 'u', pass: 'p' } }],
    [
      'smtp://ada%40example.com:p%40ss%2Fword@mail.example.com:2525',
      { port: 2525, requireTls: true, auth: { user: 'ada@example.com', pass: 'p@ss/word' } },
    ],
    ['smtp://u:p@localhost:1025', { requireTls: false }],
    ['smtp://u:p@127.0.0.1:1025', { requireTls: false }],
    ['smtp://u:p@127.0.0.1.example.com:1025', { requireTls: true }],
  ])('%s is read', (text, server) => {
    expect(mailServerSetting(text)).toMatchObject(server);
  });

  it.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://s3cret@mail.example.com',
    'smtp://u:s3cret%@mail',
  ])('%s is refused, and not repeated', (text) => {
    expect(() => mailServerSetting(text)).toThrow(/^must (?!.*s3cret)/);
  });
});

describe('TLS', () => {
  it.each([
    ['smtp://mail.example.com', true],
    ['smtp://127.0.0.1:25', true],
    ['smtps://mail.example.com', false],
    ['smtp://u:p@mail.example.com', false],
    ['smtp://u:p@localhost', false],
  ])('to %s is only better than none: %s', (text, opportunistic) => {
    expect(isOpportunistic(mailServerSetting(text))).toBe(opportunistic);
  });
});

describe('SMTP_EHLO_NAME', () => {
  it.each(['mail.example.com', 'xn--bcher-kva.example', '[192.0.2.1]', '[IPv6:2001:db8::1]'])('may be %s', (name) => {
    expect(greetingSetting(name)).toBe(name);
  });

  it.each([
    'mail',
    'localhost',
    '192.0.2.1',
    '[mail.example.com]',
    '[2001:db8::1]',
    '[IPv6:192.0.2.1]',
    'mail.example.com\r\nMAIL FROM:<>',
    'bücher.example',
    'a b.example',
    'mail_1.example.com',
    '',
  ])('may not be %j', (name) => {
    expect(() => greetingSetting(name)).toThrow(/^must be a host name with a dot/);
  });

  it.each([
    ['releases@mail.example.com', 'mail.example.com'],
    ['releases@bücher.example', 'xn--bcher-kva.example'],
  ])('is by default the domain of %s', (address, name) => {
    expect(greetingOf({ name: '', address })).toBe(name);
  });
});

describe('EMAIL_FROM', () => {
  it.each([
    ['releases@example.com', { name: '', address: 'releases@example.com' }],
    ['NitroPush <releases@nitropush.localhost>', { name: 'NitroPush', address: 'releases@nitropush.localhost' }],
    ['"Releases, Inc." <releases@example.com>', { name: 'Releases, Inc.', address: 'releases@example.com' }],
  ])('%s is read', (text, sender) => {
    expect(mailSenderSetting(text)).toEqual(sender);
  });

  it.each(['NitroPush', 'a@example.com, b@example.com', 'NitroPush <releases>', 'a@example.com\r\nBcc: b@example.com'])(
    '%j is refused',
    (text) => {
      expect(() => mailSenderSetting(text)).toThrow(/^must be an address/);
    },
  );
});
