import { cut } from '../message/cut.js';
import type { Link, ReleaseMessage } from '../message/release-message.js';

export interface EmailMessage {
  subject: string;
  text: string;
  html: string;
}

/** A header line is folded at 998 characters; what is longer than this nobody reads in a list. */
const SUBJECT = 200;

export function emailMessage(message: ReleaseMessage): EmailMessage {
  return { subject: cut(message.title, SUBJECT), text: textOf(message), html: htmlOf(message) };
}

function textOf({ title, facts, description, link }: ReleaseMessage): string {
  return [
    title,
    ...(description === null ? [] : [description]),
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    ...(link === null ? [] : [`${link.label}: ${link.url}`]),
  ].join('\n\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** A table, because that is what every mail client lays out; the colours hold on white and on black. */
function htmlOf({ title, facts, description, link }: ReleaseMessage): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:4px 16px 4px 0;opacity:.65;white-space:nowrap">${label}</td><td style="padding:4px 0">${escape(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title></head>
<body style="margin:0;padding:24px;${FONT};font-size:15px;line-height:1.5">
<table role="presentation" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto">
<tr><td>
<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${escape(title)}</h1>
${description === null ? '' : paragraph(description)}<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 20px;font-size:14px">${rows.join('')}</table>
${link === null ? '' : button(link)}</td></tr>
</table>
</body>
</html>
`;
}

/** Line breaks as tags: some clients know no `white-space`, which keeps the indents. */
const paragraph = (text: string): string =>
  `<p style="margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere">${escape(text).replaceAll('\n', '<br>')}</p>\n`;

/** A cell with a colour of its own: some clients give a link none, and no room around it. */
const button = ({ label, url }: Link): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="#2457d6" style="border-radius:6px;background:#2457d6;mso-padding-alt:10px 18px"><a href="${escape(url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;color:#ffffff;text-decoration:none;font-weight:600">${label}</a></td></tr></table>
`;
