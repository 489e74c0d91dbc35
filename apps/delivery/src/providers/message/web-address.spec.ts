import { describe, expect, it } from 'vitest';
import { isChatLink, webAddress } from './web-address.js';

describe('an address in a message', () => {
  it.each([
    ['https://admin.example.com/projects/1', 'https://admin.example.com/projects/1'],
    ['HTTP://Admin.Example.com', 'http://admin.example.com/'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['http://nitropush:4000/x', 'http://nitropush:4000/x'],
    ['https://@admin.example.com/', 'https://admin.example.com/'],
  ])('%s is sent as %s', (text, address) => expect(webAddress(text)).toBe(address));

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JavaScript://admin.example.com/%0aalert(1)',
    'data:text/html,x',
    'ftp://files.example.com/',
    'file:///etc/passwd',
    'mailto:ada@example.com',
    'slack://open',
    'https:admin.example.com',
    '//admin.example.com',
    '/projects/1',
    'https://ada:secret@admin.example.com/',
    'https://ada@admin.example.com/',
    'https://:secret@admin.example.com/',
    'https://admin.example.com\\@evil.example/',
    'https://admin.example.com/a b',
    'https://admin.example.com/\u202egpj',
    'https://admin.example.com/\u200b',
    'https://admin.example.com/\n',
    'https://',
    'https://[::1/',
    `https://admin.example.com/${'x'.repeat(2_000)}`,
    '',
  ])('%j is left out', (text) => expect(webAddress(text)).toBeNull());
});

describe('a link in a chat', () => {
  it.each([
    'https://admin.example.com/',
    'https://admin.example.com./',
    'https://admin.xn--p1ai/',
    'https://a.photography/',
    'http://localhost:4000/',
    'http://192.168.1.5:4000/',
  ])('may lead to %s', (address) => expect(isChatLink(address)).toBe(true));

  it.each([
    'http://nitropush:4000/',
    'http://nitropush./',
    'http://[::1]:4000/',
    'https://-x.example/',
    'https://my_host.example/',
    'https://a..example/',
  ])('may not lead to %s', (address) => expect(isChatLink(address)).toBe(false));
});
