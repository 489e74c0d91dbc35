import { isEmail } from 'class-validator';
import addressparser from 'nodemailer/lib/addressparser';
import { url } from '#libs/config';

/** The operator's mail server. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte on. Otherwise the connection changes over to TLS where the server offers it. */
  secure: boolean;
  /** Refuses to go on without TLS: a password does not leave this machine in clear text. */
  requireTls: boolean;
  auth: { user: string; pass: string } | null;
}

/** Who the mails are from. */
export interface MailSender {
  name: string;
  address: string;
}

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
