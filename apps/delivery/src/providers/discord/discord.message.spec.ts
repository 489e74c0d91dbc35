import { describe, expect, it } from 'vitest';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { releaseMessage } from '../message/release-message.js';
import { discordMessage, type DiscordMessage } from './discord.message.js';

function embed(description: string | null, url = 'https://admin.example/r/1'): DiscordMessage['embeds'][number] {
  const { data, ...event } = buildReleaseEvent();
  const release = { ...data.release, description };
  return discordMessage(releaseMessage({ ...event, data: { ...data, release, url } }, false)).embeds[0]!;
}
const OPEN = '[Open release](https://admin.example/r/1)';

describe('a description on Discord', () => {
  it.each([
    ['*bold* _it_ ~~no~~ ||hid|| `code`', '\\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|hid\\|\\| \\`code\\`'],
    ['[x](https://evil.example)', '\\[x\\]\\(https://evil.example%29'],
    [
      '<@1> <@&2> <#3> <t:4> <:a:5>',
      '\\<@\u200b1\\> \\<@\u200b&2\\> \\<\\#3\\> \\<t\\:4\\> \\<\\:a\\:5\\>'.replace('\\#', '#'),
    ],
    ['@everyone @here', '@\u200beveryone @\u200bhere'],
    ['# a\n  - b\n1. c\n-# d', '\\# a\n  \\- b\n1\\. c\n\\-# d'],
    ['x\n\t# a\n\u00a0- b', 'x\n\t\\# a\n\u00a0\\- b'],
    ['a # b - c 1. d', 'a # b - c 1. d'],
    ['https://a.example/x_y_z?q=*', 'https://a.example/x_y_z?q=%2A'],
    ['\\*', '\\\\\\*'],
  ])('%j stands as %j', (typed, shown) => expect(embed(typed).description).toBe(`${shown}\n\n${OPEN}`));

  it('is no heading because of a link that finds no room', () => {
    const { description } = embed(`# BIG https://x.example/${'('.repeat(3_900)}`);
    expect(description).toBe(`\\# BIG …\n\n${OPEN}`);
  });

  it('is left out where there is nothing to say', () => {
    expect(embed(null).description).toBe(OPEN);
    expect(embed(null, 'urn:release:1')).not.toHaveProperty('description');
  });
});

describe('the link on Discord', () => {
  it('is in the title alone where, encoded, it would leave no room', () => {
    const url = `https://admin.example/${'('.repeat(1_000)}`;
    expect(embed('hello', url)).toMatchObject({ url, description: 'hello' });
  });

  it.each(['http://nitropush:4000/x', 'http://[::1]:4000/x', `https://admin.example/${'x'.repeat(1_100)}`])(
    'is left out of all of the message where it is %s',
    (url) => {
      expect(embed('hello', url)).toMatchObject({ description: 'hello' });
      expect(embed('hello', url)).not.toHaveProperty('url');
    },
  );

  it.each(['javascript:alert(1)', 'mailto:a@b.example', 'urn:release:1', 'https:'])(
    'is left out where it is %s, which Discord would refuse with all the rest',
    (url) => {
      expect(embed('hello', url)).toMatchObject({ description: 'hello' });
      expect(embed('hello', url)).not.toHaveProperty('url');
    },
  );
});
