import { describe, expect, it } from 'vitest';
import { messageError } from './embed.rules.js';

describe('a message to Discord', () => {
  it.each<[string, unknown]>([
    ['text alone', { content: 'hello' }],
    [
      'an embed of 6,000 characters',
      { embeds: [{ description: 'x'.repeat(4_096) }, { description: 'x'.repeat(1_904) }] },
    ],
  ])('is taken with %s', (_case, payload) => expect(messageError(payload)).toBeNull());

  it.each<[string, unknown, number]>([
    ['nothing', {}, 50_006],
    ['no JSON object', [], 50_109],
    ['a long title', { embeds: [{ title: 'x'.repeat(257) }] }, 50_035],
    ['a long description', { embeds: [{ description: 'x'.repeat(4_097) }] }, 50_035],
    ['26 fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'x', value: 'x' })) }] }, 50_035],
    ['an empty field', { embeds: [{ title: 'x', fields: [{ name: 'x', value: '' }] }] }, 50_035],
    ['6,001 characters', { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] }, 50_035],
    ['a colour that is not valid', { embeds: [{ title: 'x', color: -1 }] }, 50_035],
  ])('is refused with %s', (_case, payload, code) =>
    expect(messageError(payload)).toMatchObject({ status: 400, code }),
  );

  it.each([
    'https://admin.example.com/projects/1',
    'http://localhost:4000/x',
    'http://192.168.1.5:4000',
    'https://xn--bcher-kva.example/?a=b',
  ])('may lead to %s', (url) => expect(messageError({ embeds: [{ title: 'x', url }] })).toBeNull());

  it.each([
    'http://nitropush:4000/x',
    'http://[::1]:4000/x',
    'https://ada:secret@admin.example.com/',
    'https://admin.example.com/a b',
    'javascript:1',
    'ftp://files.example.com/',
    '/projects/1',
    '',
    `https://admin.example.com/${'x'.repeat(1_700)}`,
  ])('may not lead to %j', (url) =>
    expect(messageError({ embeds: [{ title: 'fine' }, { title: 'x', url }] })).toEqual({ status: 400, embeds: ['1'] }),
  );
});
