export const MAIL_MODES = [
  'ok',
  'refuse-recipients',
  'auth',
  'busy',
  'rate-limited',
  'reject',
  'hang',
  'drip',
  'reset',
] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/** How the mail server answers from now on. */
export interface MailBehaviour {
  mode: MailMode;
  /** `refuse-recipients` and `rate-limited`: only these addresses, in lower case; empty: all. */
  recipients: string[];
  /** So many more mails, then `ok` again; null: until it is switched. */
  times: number | null;
}

export const TAKES_MAIL: MailBehaviour = { mode: 'ok', recipients: [], times: null };

/** What the mail at hand meets, and what the one after it does. */
export function nextMail(behaviour: MailBehaviour): { now: MailBehaviour; next: MailBehaviour } {
  if (behaviour.times === null) return { now: behaviour, next: behaviour };
  const left = behaviour.times - 1;
  return { now: behaviour, next: left > 0 ? { ...behaviour, times: left } : TAKES_MAIL };
}

export interface Reply {
  status: number;
  text: string;
}

/** The answer to MAIL; null where it is yes. */
export function senderReply({ mode }: MailBehaviour, signedIn: boolean): Reply | null {
  if (mode === 'busy') return { status: 451, text: '4.3.2 The sandbox is busy, try again later' };
  return mode === 'auth' && !signedIn ? { status: 530, text: '5.7.0 Authentication required' } : null;
}

/** The answer to RCPT; null where it is yes. */
export function recipientReply({ mode, recipients }: MailBehaviour, address: string): Reply | null {
  if (recipients.length > 0 && !recipients.includes(address.toLowerCase())) return null;
  if (mode === 'refuse-recipients') return { status: 550, text: `5.1.1 <${address}>: user unknown` };
  return mode === 'rate-limited' ? { status: 450, text: `4.7.1 <${address}>: too many mails, try again later` } : null;
}
