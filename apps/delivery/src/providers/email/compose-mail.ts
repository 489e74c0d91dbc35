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
  /** All of the integration's, also those who have the mail already. */
  recipients: readonly string[];
  deliveryId: string;
}

/** Standard for mails whose readers must not see one another: a group with nobody in it (RFC 5322, 3.4). */
const UNDISCLOSED = Buffer.from('To: undisclosed-recipients:;\r\n');

/**
 * The mail as it is sent. Its Message-ID is the same on every attempt, by which mail systems drop doubles. Recipients do
 * not see one another: the list is the organization's business, and a reply to all would be nobody's wish.
 */
export async function composeMail({ from, recipients, deliveryId, subject, text, html }: MailParts): Promise<Buffer> {
  const alone = recipients.length === 1;
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  const composer = new MailComposer({
    from,
    ...(alone && { to: { name: '', address: recipients[0]! } }),
    text: lines(text),
    html: lines(html),
    messageId: `<${deliveryId}@${domain}>`,
    headers: {
      Subject: subject.includes('=?') ? encoded(subject) : subject,
      'X-NitroPush-Delivery': deliveryId,
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const content = await composer.compile().build();
  // By hand: nodemailer would put the name of the group in quotes.
  return alone ? content : Buffer.concat([UNDISCLOSED, content]);
}

/** A line of a mail ends with both; one alone is refused by strict servers. */
const lines = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n');

/** A subject that looks like an encoded word would be decoded by readers, unless it is itself encoded. */
function encoded(subject: string): { prepared: true; value: string } {
  const line = foldLines(`Subject: ${encodeWord(subject, 'B', 52)}`);
  return { prepared: true, value: line.slice('Subject: '.length) };
}
