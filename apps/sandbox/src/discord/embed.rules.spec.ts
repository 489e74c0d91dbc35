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
    ['an address that is not valid', { embeds: [{ title: 'x', url: 'javascript:1' }] }, 50_035],
  ])('is refused with %s', (_case, payload, code) =>
    expect(messageError(payload)).toMatchObject({ status: 400, code }),
  );
});
