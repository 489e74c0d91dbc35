import { expect, it } from 'vitest';
import { withKept } from './with-kept.js';

const url = 'https://a.example/new';
const kept = { url: 'https://a.example/old', authorization: 'secret' };

it('takes the kept field where both are for one origin', () => {
  expect(withKept({ url }, kept, 'authorization')).toEqual({ url, authorization: 'secret' });
  expect(withKept({ url }, { authorization: 'secret', origin: 'https://a.example' }, 'authorization')).toMatchObject({
    authorization: 'secret',
  });
  expect(withKept({ authorization: 'new', origin: 'https://a.example' }, kept, 'url')).toMatchObject({
    url: kept.url,
    authorization: 'new',
  });
});

it.each<[string, unknown, unknown, string]>([
  ['a URL elsewhere with the header', { url: 'https://evil.example/' }, kept, 'authorization'],
  ['the header with a URL elsewhere', kept, { url: 'https://evil.example/' }, 'url'],
  [
    'a URL that names the origin of the header',
    { url: 'https://evil.example/', origin: 'https://a.example' },
    kept,
    'authorization',
  ],
  [
    'a header by itself with a URL elsewhere',
    { authorization: 'secret', origin: 'https://a.example' },
    { url: 'https://evil.example/' },
    'url',
  ],
  ['two without an origin', { authorization: 'a' }, { authorization: 'b' }, 'url'],
  ['what is no URL', { url: 'x' }, { url: 'x', authorization: 'secret' }, 'authorization'],
  ['nothing', null, kept, 'authorization'],
])('never puts together %s', (_, current, before, field) => {
  expect(withKept(current, before, field)).toBeUndefined();
});
