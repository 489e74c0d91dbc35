import { describe, expect, it } from 'vitest';
import { mailSenderSetting, mailServerSetting } from './mail-settings.js';

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
