import type { DeliveredType } from '#libs/contracts';
import { cut } from '../message/cut.js';
import type { Fact } from '../message/message-parts.js';
import type { Link, ReleaseMessage } from '../message/release-message.js';
import { isChatLink } from '../message/web-address.js';

export interface DiscordMessage {
  embeds: DiscordEmbed[];
  /** Nobody is ever mentioned. */
  allowed_mentions: { parse: [] };
}

interface DiscordEmbed {
  title: string;
  url?: string;
  description?: string;
  color: number;
  fields: { name: string; value: string; inline: boolean }[];
  footer: { text: string };
  timestamp: string;
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits; the sum over an embed is 6,000. */
const TITLE = 256;
const DESCRIPTION = 4_096;
/** No limit is documented; a link of 1,700 characters was refused together with its message. */
const LINK = 1_024;
/** Encoded, a link may be three times as long as it was. */
const OPEN = 2_048;
const BETWEEN = '\n\n';
const VALUE = 128;
const FOOTER = 256;

const COLOURS: Record<DeliveredType, number> = {
  'release.created': 0x3b82f6,
  'release.promoted': 0x22a06b,
  'release.rollout_changed': 0xe2a03f,
  'destination.disconnected': 0xd64545,
  'destination.failing': 0xe2a03f,
  'destination.recovered': 0x22a06b,
};

const MARKUP = new Set('\\*_~`|[]()<>:');
/** Only where a line begins: a heading, a list, a quote. */
const LINE_MARKUP = new Set('#-+');
/** A space without width keeps what follows from being read as a mention. */
const UNMENTIONED = '@\u200b';
/** Links whole, all else a character each. */
const PARTS = /https?:\/\/[^\s<>]+|./gsu;
const isLink = (part: string): boolean => part.startsWith('http');

/** What each part that somebody typed in becomes, one after another: a link stays one, all else is shown as it is. */
function escaper(): (part: string) => string {
  let begins = true;
  let numbered = false;
  return (part) => {
    const escapes = MARKUP.has(part) || (begins && LINE_MARKUP.has(part)) || (numbered && part === '.');
    numbered = (begins || numbered) && /^\d$/.test(part);
    begins = part === '\n' || (begins && /^\s$/.test(part));
    if (isLink(part)) return encodeMarkup(part);
    if (part === '@') return UNMENTIONED;
    return escapes ? `\\${part}` : part;
  };
}

const plain = (text: string, limit: number): string => cut(text.match(PARTS) ?? [], limit, escaper());

/** In an address the same characters can stand as what they are encoded to. */
const encodeMarkup = (link: string): string =>
  link.replace(/[@*~`|\\[\]()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

export function discordMessage(message: ReleaseMessage): DiscordMessage {
  const { type, title, facts, description, time } = message;
  const link = takenLink(message);
  const own = facts.filter((fact) => !fact.typed);
  const typed = facts.filter((fact) => fact.typed);
  return {
    embeds: [
      {
        title: plain(title, TITLE),
        ...(link === null ? {} : { url: link.url }),
        ...described(description, link),
        color: COLOURS[type],
        fields: own.map(({ label, value }) => ({ name: label, value: cut(value, VALUE), inline: true })),
        footer: { text: footer(typed) },
        timestamp: time,
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** One that Discord does not take would cost the whole message. */
const takenLink = ({ link }: ReleaseMessage): Link | null =>
  link !== null && link.url.length <= LINK && isChatLink(link.url) ? link : null;

/** What was typed in, and below it the link; the title leads there too, so it may be left out where it is too long. */
function described(description: string | null, link: Link | null): { description?: string } {
  const encoded = link === null ? '' : `[${link.label}](${encodeMarkup(link.url)})`;
  const open = encoded.length > OPEN ? '' : encoded;
  const typed = description === null ? '' : plain(description, DESCRIPTION - open.length - BETWEEN.length);
  const all = [typed, open].filter((one) => one !== '').join(BETWEEN);
  return all === '' ? {} : { description: all };
}

/** A footer knows no markup. */
const footer = (typed: Fact[]): string =>
  cut(typed.map(({ label, value }) => `${label} ${value}`).join('  ·  '), FOOTER, (one) =>
    one === '@' ? UNMENTIONED : one,
  );
