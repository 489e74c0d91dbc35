import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import type { MailSender } from './mail-settings.js';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

export interface MailParts extends MailText {
  from: MailSender;
  recipient: string;
  /** Names the mail; a delivery's has the delivery's id. */
  mailId?: string;
  deliveryId?: string;
  /** The page by which this recipient unsubscribes. */
  unsubscribe?: string;
}

/**
 * The mail as it is sent to one recipient, who sees no other. Its Message-ID is the same for all of them and on every
 * attempt, by which mail systems drop doubles, also for a mailbox that is on the list twice.
 */
export async function composeMail(parts: MailParts): Promise<Buffer> {
  const { from, recipient, deliveryId, mailId = deliveryId, unsubscribe, subject, text, html } = parts;
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  const composer = new MailComposer({
    from,
    to: { name: '', address: recipient },
    text: lines(unsubscribe === undefined ? text : `${text}\n\n--\u0020\nUnsubscribe: ${unsubscribe}`),
    html: lines(unsubscribe === undefined ? html : withFooter(html, unsubscribe)),
    messageId: `<${mailId}@${domain}>`,
    headers: {
      Subject: subject.includes('=?') ? encoded(subject) : subject,
      ...(deliveryId !== undefined && { 'X-NitroPush-Delivery': deliveryId }),
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe !== undefined && oneClick(unsubscribe)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** @see https://datatracker.ietf.org/doc/html/rfc8058 */
const oneClick = (page: string): Record<string, { prepared: true; value: string }> => ({
  'List-Unsubscribe': { prepared: true, value: `<${page}>` },
  'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
});

const withFooter = (html: string, page: string): string =>
  html.replace(
    '</body>',
    `<p style="max-width:560px;margin:24px auto 0;font-size:12px;opacity:.65"><a href="${page}" style="color:inherit">Unsubscribe</a></p>\n</body>`,
  );

/** A line of a mail ends with both; one alone is refused by strict servers. */
const lines = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n');

/** A subject that looks like an encoded word would be decoded by readers, unless it is itself encoded. */
function encoded(subject: string): { prepared: true; value: string } {
  const line = foldLines(`Subject: ${encodeWord(subject, 'B', 52)}`);
  return { prepared: true, value: line.slice('Subject: '.length) };
}
