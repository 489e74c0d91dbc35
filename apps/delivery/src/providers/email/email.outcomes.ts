import type { ErrorCode } from '#libs/contracts';
import { failureSentence } from '../failure-sentences.js';
import { failedAttempt } from '../outcome.js';
import type { AttemptOutcome } from '../provider.js';
import { shownBody } from '../shown-body.js';
import { maskedAddress } from './email.credentials.js';
import type { MailServer } from './mail-settings.js';
import type { MailedAll, Refused } from './mail-each.js';
import type { SmtpFailure } from './smtp-answers.js';

const THE_SERVER = 'The mail server';

/** Hides from an answer of the mail server what nobody may see in it. */
export type Hide = (answer: string) => string | null;

export function hiding(recipients: readonly string[], server: MailServer): Hide {
  const longestFirst = [...recipients].sort((a, b) => b.length - a.length);
  const secrets = secretsOf(longestFirst, server);
  return (answer) => {
    let shown = answer;
    for (const recipient of longestFirst)
      shown = shown.replace(ignoringCase(recipient), () => maskedAddress(recipient));
    return shownBody(shown, secrets);
  };
}

const SHORTEST_SECRET = 6;

/** What the mail server may repeat in its answer: mailboxes without their host, and our sign-in. */
function secretsOf(recipients: readonly string[], { auth }: MailServer): string[] {
  const mailboxes = recipients.map((recipient) => recipient.slice(0, recipient.indexOf('@')));
  const signIn = auth === null ? [] : [auth.pass, auth.user, `\0${auth.user}\0${auth.pass}`];
  const encoded = signIn.map((text) => Buffer.from(text).toString('base64'));
  const secrets = [...signIn, ...encoded, ...mailboxes.filter((name) => name.length >= SHORTEST_SECRET)];
  return secrets.sort((a, b) => b.length - a.length);
}

const ignoringCase = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');

/** Who was not mailed to, and why. */
export type LeftOut = ReadonlyMap<string, 'unsubscribed' | 'unconfirmed'>;

const NOBODY_ON = 'Every recipient has unsubscribed. Save recipients who want these mails.';
const NOBODY_CONFIRMED =
  'Nobody on the list has confirmed yet. This message is sent once somebody has; the list shows whom to ask.';
const WHY_NOT_SENT = { unsubscribed: 'unsubscribed', unconfirmed: 'has not confirmed yet' };

/** Somebody may still confirm: then there is a destination. */
export const isWaitedFor = (out: LeftOut): boolean => [...out.values()].includes('unconfirmed');

/** There is nobody to mail to. What waits for somebody to confirm is not refused. */
export const nobodyLeft = (out: LeftOut): AttemptOutcome =>
  isWaitedFor(out)
    ? failedAttempt('destination_missing', { error: NOBODY_CONFIRMED, permanent: false, retryable: false })
    : failedAttempt('destination_missing', { error: NOBODY_ON });

/** Somebody has the mail; those who will never have it are named. */
export function deliveredTo({ answer, refused }: MailedAll, out: LeftOut, hide: Hide): AttemptOutcome {
  const lines = [
    ...refused.map(({ recipient, failure }) => `Not delivered to ${recipient}: ${failure.answer}`),
    ...[...out].map(([recipient, why]) => `Not sent to ${recipient}: ${WHY_NOT_SENT[why]}`),
  ];
  return { kind: 'delivered', statusCode: 250, responseBody: hide([answer, ...lines].filter(Boolean).join('\n')) };
}

/** Nobody, or not everybody, has the mail. What can be tried again goes before what cannot. @param waited somebody may confirm yet */
export function notTaken(refused: readonly Refused[], hide: Hide, waited = false): AttemptOutcome {
  const { failure } = refused.find(isForNow) ?? refused[0]!;
  const answer = refused.map((one) => `${one.recipient}: ${one.failure.answer}`).join('\n');
  const outcome = conversationFailed({ ...failure, answer }, hide);
  return waited ? { ...outcome, permanent: false } : outcome;
}

/** A recipient that may be taken later. */
export const isForNow = ({ failure: { code, retryable } }: Refused): boolean =>
  retryable && code !== 'destination_missing';

export function conversationFailed(
  { code, retryable, detail, status, answer }: SmtpFailure,
  hide: Hide,
): ReturnType<typeof failedAttempt> {
  const responseBody = hide(answer);
  const error = (detail && DETAILS[detail]) || sentence(code, status);
  const laterTry = status !== null && status >= 400 && status < 500;
  return failedAttempt(code, { statusCode: status, error, responseBody, retryable, laterTry });
}

/** The words of HTTP mean nothing here, and some faults are for the operator of this server to fix. */
function sentence(code: ErrorCode, statusCode: number | null): string {
  const status = statusCode === null ? '' : ` (${statusCode})`;
  switch (code) {
    case 'client_error':
      return `${THE_SERVER} did not accept our sign-in or our sender${status}. The operator of this server has to check SMTP_URL and EMAIL_FROM.`;
    case 'destination_missing':
      return `${THE_SERVER} does not take mail for the recipients${status}. Save addresses that exist.`;
    case 'rate_limited':
      return `${THE_SERVER} asked to be tried again later${status}.`;
    case 'malformed_response':
      return `${THE_SERVER} sent an answer that is not proper SMTP${status}. The operator of this server has to check SMTP_URL.`;
    case 'tls_failed':
      if (statusCode !== null)
        return `${THE_SERVER} did not change over to TLS${status}, and nothing may be sent to it without. The operator of this server has to check SMTP_URL and SMTP_TLS.`;
      return `${THE_SERVER} could not be reached${WHY[code]}. The operator of this server has to check SMTP_URL.`;
    case 'connection_refused':
    case 'dns_failed':
      return `${THE_SERVER} could not be reached${WHY[code]}. The operator of this server has to check SMTP_URL.`;
    case 'timeout':
      return `${THE_SERVER} did not take the mail in time. ${IF_IT_GOES_ON}`;
    case 'connection_reset':
      return `${THE_SERVER} closed the connection before it had taken the mail. ${IF_IT_GOES_ON}`;
    case 'response_too_large':
      return `${THE_SERVER} answered with more than 64 KB, as no mail server does. The operator of this server has to check SMTP_URL.`;
    case 'server_error':
      return `${THE_SERVER} could not take the mail${status}. ${IF_IT_GOES_ON}`;
    default:
      return failureSentence(code, THE_SERVER, statusCode);
  }
}

const IF_IT_GOES_ON = 'If this goes on, the operator of this server has to look into the log of the mail server.';

const DETAILS: Partial<Record<NonNullable<SmtpFailure['detail']>, string>> = {
  not_reached: `${THE_SERVER} could not be connected to in time. The operator of this server has to check SMTP_URL, and that no firewall is in the way.`,
  greeting_refused: `${THE_SERVER} did not accept the name that it was greeted by. The operator of this server has to set SMTP_EHLO_NAME to a host name that the mail server accepts.`,
};

const WHY = {
  connection_refused: ': it refused the connection',
  dns_failed: ': its host name could not be resolved',
  tls_failed: ' securely: its certificate or its TLS is not accepted',
};
