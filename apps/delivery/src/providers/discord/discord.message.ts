import type { EventType } from '#libs/contracts';
import { cut } from '../message/cut.js';
import type { Fact, ReleaseMessage } from '../message/release-message.js';

export interface DiscordMessage {
  embeds: DiscordEmbed[];
  /** Nobody is ever mentioned. */
  allowed_mentions: { parse: [] };
}

interface DiscordEmbed {
  title: string;
  url: string;
  description: string;
  color: number;
  fields: { name: string; value: string; inline: boolean }[];
  footer: { text: string };
  timestamp: string;
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits; the sum over an embed is 6,000. */
const TITLE = 256;
const DESCRIPTION = 4_096;
const VALUE = 128;
const FOOTER = 256;

const COLOURS: Record<EventType, number> = {
  'release.created': 0x3b82f6,
  'release.promoted': 0x22a06b,
  'release.rollout_changed': 0xe2a03f,
};

const MARKUP = new Set('\\*_~`|[]()<>:');
/** Only where a line begins: a heading, a list, a quote. */
const LINE_MARKUP = new Set('#-+');
/** A space without width keeps what follows from being read as a mention. */
const UNMENTIONED = '@\u200b';
const LINK = /https?:\/\/[^\s<>]+/g;

/** What each character that somebody typed in becomes, one after another, so that it is shown as it is. */
function escaper(): (character: string) => string {
  let begins = true;
  let numbered = false;
  return (one) => {
    const escapes = MARKUP.has(one) || (begins && LINE_MARKUP.has(one)) || (numbered && one === '.');
    numbered = (begins || numbered) && /\d/.test(one);
    begins = one === '\n' || (begins && one === ' ');
    if (one === '@') return UNMENTIONED;
    return escapes ? `\\${one}` : one;
  };
}

/** Plain text: a link in it stays a link, all else is shown as it was typed. */
function plain(text: string, limit: number): string {
  const escape = escaper();
  let out = '';
  let end = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    const before = cut(text.slice(end, index), limit, escape);
    const address = encodeMarkup(link);
    if (out.length + before.length + address.length > limit) break;
    out += before + address;
    end = index + link.length;
  }
  const room = limit - out.length;
  return room > 0 ? out + cut(text.slice(end), room, escape) : out;
}

/** In an address the same characters can stand as what they are encoded to. */
const encodeMarkup = (link: string): string =>
  link.replace(/[@*~`|\\[\]()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

export function discordMessage({ type, title, facts, description, link, time }: ReleaseMessage): DiscordMessage {
  const open = `[${link.label}](${encodeMarkup(link.url)})`;
  const room = DESCRIPTION - open.length - 2;
  const own = facts.filter((fact) => !fact.typed);
  const typed = facts.filter((fact) => fact.typed);
  return {
    embeds: [
      {
        title: plain(title, TITLE),
        url: link.url,
        description: description === null || room < 1 ? open : `${plain(description, room)}\n\n${open}`,
        color: COLOURS[type],
        fields: own.map(({ label, value }) => ({ name: label, value: cut(value, VALUE), inline: true })),
        footer: { text: footer(typed) },
        timestamp: time,
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** A footer knows no markup. */
const footer = (typed: Fact[]): string =>
  cut(typed.map(({ label, value }) => `${label} ${value}`).join('  ·  '), FOOTER, (one) =>
    one === '@' ? UNMENTIONED : one,
  );
