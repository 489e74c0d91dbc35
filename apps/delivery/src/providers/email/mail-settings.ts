import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { isEmail, isFQDN } from 'class-validator';
import addressparser from 'nodemailer/lib/addressparser';
import { url } from '#libs/config';

/** The operator's mail server. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte on, by a valid certificate. Otherwise the connection changes over to TLS where the server offers it. */
  secure: boolean;
  /** Refuses to go on without TLS and a valid certificate: a password does not leave this machine in clear text. */
  requireTls: boolean;
  auth: { user: string; pass: string } | null;
  /** What the server is greeted by; where it is left out, the name of this machine. */
  greetAs?: string;
}

/** Who the mails are from. */
export interface MailSender {
  name: string;
  address: string;
}

/** How connections that begin without TLS change over to it: where the server offers it, or always. */
export const MAIL_TLS = ['opportunistic', 'require'] as const;
export type MailTls = (typeof MAIL_TLS)[number];

/**
 * Whether any TLS certificate is accepted: no password is sent, and TLS with an unknown server is better than none.
 * @see https://datatracker.ietf.org/doc/html/rfc7435
 */
export const isOpportunistic = ({ secure, requireTls, auth }: MailServer): boolean =>
  !secure && !requireTls && auth === null;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Reads `smtp://user:password@host:port` or `smtps://…`; parts of it that have a meaning in addresses are percent-encoded. */
export function mailServerSetting(value: string): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url('smtp:', 'smtps:')(value));
  if (hostname === '') throw new Error('must be an address with a host name');
  if ((username === '') !== (password === '')) throw new Error('must have both a user and a password, or none');
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const auth = username === '' ? null : { user: decoded(username), pass: decoded(password) };
  return {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTls: !secure && auth !== null && !LOOPBACK.test(host),
    auth,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error('must have its user and password percent-encoded');
  }
}

/** Reads `releases@example.com` or `NitroPush <releases@example.com>`. */
export function mailSenderSetting(value: string): MailSender {
  const [sender, another] = addressparser(value, { flatten: true });
  const plain = !/\p{C}/u.test(value) && sender && !another;
  if (!plain || !isEmail(sender.address, { allow_utf8_local_part: false }))
    throw new Error('must be an address such as NitroPush <releases@example.com>');
  return { name: sender.name, address: sender.address };
}

const PLAIN = /^[\x21-\x7e]+$/;

/** Reads the name that mail servers are greeted by: a domain, or an address in brackets (RFC 5321, 4.1.3). */
export function greetingSetting(value: string): string {
  const literal = /^\[(IPv6:)?([^\]]+)\]$/i.exec(value);
  const isLiteral = literal !== null && isIP(literal[2]!) === (literal[1] === undefined ? 4 : 6);
  if (isLiteral || (PLAIN.test(value) && isFQDN(value))) return value;
  throw new Error('must be a host name with a dot, such as mail.example.com, or an address such as [192.0.2.1]');
}

/** The domain of the sender's address: the names of containers have no dot, and many mail servers refuse them. */
export function greetingOf({ address }: MailSender): string | undefined {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || undefined;
}
