import { cut } from '../message/cut.js';
import type { Link, ReleaseMessage } from '../message/release-message.js';
import { isChatLink } from '../message/web-address.js';

interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: boolean;
}

interface Markdown {
  type: 'mrkdwn';
  text: string;
}

type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; fields: Markdown[] }
  | { type: 'section'; text: PlainText }
  | { type: 'context'; elements: PlainText[] }
  | { type: 'actions'; elements: { type: 'button'; text: PlainText; url: string; action_id: string }[] };

export interface SlackMessage {
  /** For notifications, and for clients that show no blocks. */
  text: string;
  mrkdwn: false;
  unfurl_links: false;
  unfurl_media: false;
  blocks: Block[];
}

/** Block Kit's limits, https://docs.slack.dev/reference/block-kit/blocks */
const HEADER = 150;
const SECTION = 3_000;
const CONTEXT = 2_000;
const FALLBACK = 3_000;
const BUTTON_URL = 3_000;

/** What somebody typed in stands in plain text only: there nothing is markup, a mention or an emoji. */
const plain = (text: string, limit: number): PlainText => ({
  type: 'plain_text',
  text: cut(text, limit),
  emoji: false,
});

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The top-level text has no plain form: three characters are what a mention or a link begins with. */
const escaped = (text: string, limit: number): string => cut(text, limit, (one) => ENTITIES[one] ?? one);

export function slackMessage({ title, facts, description, link }: ReleaseMessage): SlackMessage {
  const typed = facts.filter((fact) => fact.typed).map(({ label, value }) => `${label} ${value}`);
  const ours = facts.filter((fact) => !fact.typed);
  return {
    text: escaped(title, FALLBACK),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(title, HEADER) },
      ...(description === null ? [] : [{ type: 'section' as const, text: plain(description, SECTION) }]),
      { type: 'section', fields: ours.map(({ label, value }) => ({ type: 'mrkdwn', text: `*${label}*\n${value}` })) },
      { type: 'context', elements: [plain(typed.join('  ·  '), CONTEXT)] },
      ...(link !== null && link.url.length <= BUTTON_URL && isChatLink(link.url) ? [openButton(link)] : []),
    ],
  };
}

function openButton({ label, url }: Link): Block {
  const button = { type: 'button' as const, text: plain(label, 75), url, action_id: 'open-release' };
  return { type: 'actions', elements: [button] };
}
