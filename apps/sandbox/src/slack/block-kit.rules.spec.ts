import { describe, expect, it } from 'vitest';
import { messageError } from './block-kit.rules.js';

const plain = (text: string): object => ({ type: 'plain_text', text });

describe('a message to Slack', () => {
  it.each<[string, unknown]>([
    ['text alone', { text: 'hello' }],
    ['50 blocks', { text: 'x', blocks: Array.from({ length: 50 }, () => ({ type: 'divider' })) }],
    [
      'a header of 150 characters, counted as people do',
      { blocks: [{ type: 'header', text: plain('👍'.repeat(150)) }] },
    ],
    [
      'a button with an address',
      { blocks: [{ type: 'actions', elements: [{ type: 'button', text: plain('x'), url: 'https://x.example' }] }] },
    ],
  ])('is taken with %s', (_case, payload) => expect(messageError(payload)).toBeNull());

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'no_text'],
    ['a list', [], 'invalid_payload'],
    ['51 blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
    ['an unknown block', { text: 'x', blocks: [{ type: 'marquee' }] }, 'invalid_blocks'],
    [
      'a long header',
      { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
      'invalid_blocks',
    ],
    ['a header with markup', { blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }, 'invalid_blocks'],
    [
      'a long section',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }] },
      'invalid_blocks',
    ],
    [
      '11 fields',
      { blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }] },
      'invalid_blocks',
    ],
    ['an empty text', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '' } }] }, 'invalid_blocks'],
    [
      'a button that leads nowhere',
      {
        blocks: [
          { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' }, url: 'x' }] },
        ],
      },
      'invalid_blocks',
    ],
  ])('is refused with %s', (_case, payload, error) => expect(messageError(payload)).toBe(error));
});
