import { simpleParser, type ParsedMail } from 'mailparser';
import type { MailMode } from './mail-behaviour.js';

/** One mail as the inbox shows it; where it was refused early, only so much as had been said of it. */
export interface ReceivedMail {
  /** Grows with each mail. */
  id: number;
  receivedAt: string;
  /** Of the envelope: who it was said to be from, and whom it was for. */
  from: string;
  recipients: string[];
  subject: string | null;
  messageId: string | null;
  /** Names in lower case, values unfolded. */
  headers: Record<string, string>;
  text: string | null;
  html: string | null;
  /** The first 64 KB, as they came. */
  raw: string;
  bytes: number;
  answered: { mode: MailMode; statusCode: number | null };
}

export type MailContent = Pick<ReceivedMail, 'subject' | 'messageId' | 'headers' | 'text' | 'html' | 'raw' | 'bytes'>;

export const NO_CONTENT: MailContent = {
  subject: null,
  messageId: null,
  headers: {},
  text: null,
  html: null,
  raw: '',
  bytes: 0,
};

const SHOWN_BYTES = 64 * 1024;

export async function readMail(content: Buffer): Promise<MailContent> {
  const mail = await simpleParser(content, { skipTextToHtml: true, skipHtmlToText: true, skipTextLinks: true });
  return {
    subject: mail.subject ?? null,
    messageId: mail.messageId ?? null,
    headers: headersOf(mail),
    text: mail.text ?? null,
    html: mail.html || null,
    raw: content.subarray(0, SHOWN_BYTES).toString('utf8'),
    bytes: content.length,
  };
}

function headersOf({ headerLines }: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of headerLines) {
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
    headers[key] = headers[key] === undefined ? value.trim() : `${headers[key]}, ${value.trim()}`;
  }
  return headers;
}

/** What RFC 5321 and 5322 forbid in a mail; null where there is nothing wrong. */
export function faultOf(content: Buffer): string | null {
  if (/(^|[^\r])\n|\r(?!\n)/.test(content.toString('latin1'))) return '5.6.0 a line ends in a bare CR or LF';
  const head = content.toString('latin1').split('\r\n\r\n')[0]!;
  const names = head.split(/\r\n(?![ \t])/).map((line) => /^([\x21-\x39\x3b-\x7e]+):/.exec(line)?.[1]?.toLowerCase());
  if (names.includes(undefined)) return '5.6.0 a header is malformed';
  const missing = ['from', 'date'].find((name) => !names.includes(name));
  if (missing !== undefined) return `5.6.0 the header ${missing} is missing`;
  const doubled = ONCE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return doubled === undefined ? null : `5.6.0 the header ${doubled} is there twice`;
}

const ONCE = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'message-id', 'subject', 'date'];
