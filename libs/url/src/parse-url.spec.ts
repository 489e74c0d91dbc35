import { describe, expect, it } from 'vitest';
import { parseUrl } from './parse-url.js';

describe('a URL', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['HTTP://EXAMPLE.com', 'http://example.com/'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['postgres://user:password@localhost/db', 'postgres://user:password@localhost/db'],
  ])('is read: %s', (text, href) => {
    expect(parseUrl(text)?.href).toBe(href);
  });

  it.each(['', 'example.com', '/path', 'https://', 'https://[::1', 'http://a b/'])('is none: %j', (text) => {
    expect(parseUrl(text)).toBeNull();
  });

  it('with characters beyond ASCII is one, however often it is asked for', () => {
    const text = 'https://bücher.example/ä';
    for (let n = 0; n < 50_000; n += 1) if (parseUrl(text) === null) throw new Error(`no URL at call ${n}`);
    expect(parseUrl(text)?.hostname).toBe('xn--bcher-kva.example');
  });
});
