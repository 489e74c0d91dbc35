import type { ErrorCode } from '#libs/contracts';
import type { TransportDetail } from '../../outbound/outbound-result.js';
import { TransportFault, isOurOwn, transportCodeOf } from '../../outbound/transport-fault.js';

/** The part of the conversation that was refused. */
export type Stage = 'session' | 'sender' | 'recipient' | 'message';

export interface Refusal {
  code: ErrorCode;
  /** The mail server's answer would be the same again. */
  retryable: boolean;
}

const LATER: ReadonlySet<number> = new Set([421, 450, 451]);
const OF_THE_MESSAGE: ReadonlySet<number> = new Set([552, 554]);

export interface MailRule extends Refusal {
  /** As documents write it. */
  answer: string;
  of: (stage: Stage, status: number, answer: string) => boolean;
}

const among =
  (...statuses: number[]) =>
  (_: Stage, status: number): boolean =>
    statuses.includes(status);
/** For a policy of its own, as greylisting is, and not for a fault of it (RFC 3463, 3.8). */
const OF_POLICY = /^4\d\d[ -]4\.7\.\d/;

/** What answers of the mail server mean that are not a yes; of several rules the first counts. docs/answers.md is made of it. */
export const MAIL_RULES: readonly MailRule[] = [
  rule('421, 450, 451, or `4.7.x`', 'rate_limited', (_, status, text) => LATER.has(status) || OF_POLICY.test(text)),
  rule('other 4xx', 'server_error', (_, status) => status >= 400 && status < 500),
  rule('neither 4xx nor 5xx', 'malformed_response', (_, status) => status < 500 || status > 599),
  // out of step: another conversation may go well
  rule('503', 'server_error', among(503)),
  // about our way to the mail server, which the operator sets: no team can do anything about it
  rule('530, 534, 535, 538', 'client_error', among(530, 534, 535, 538)),
  { ...rule('5xx to the message', 'message_rejected', (stage) => stage === 'message'), retryable: false },
  {
    ...rule(
      '552, 554 to sender or recipient',
      'message_rejected',
      (stage, status) => stage !== 'session' && OF_THE_MESSAGE.has(status),
    ),
    retryable: false,
  },
  rule('other 5xx to every recipient', 'destination_missing', (stage) => stage === 'recipient'),
  rule('other 5xx to the greeting, the sign-in or the sender', 'client_error', () => true),
];

function rule(answer: string, code: ErrorCode, of: MailRule['of']): MailRule {
  return { answer, code, retryable: true, of };
}

/** What an answer of the mail server means that is not a yes. */
export function refusalOf(stage: Stage, status: number, answer = ''): Refusal {
  const { code, retryable } = MAIL_RULES.find((one) => one.of(stage, status, answer))!;
  return { code, retryable };
}

/** As nodemailer throws it. */
export interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  originalCode?: string;
  syscall?: string;
  recipient?: string;
  rejectedErrors?: SmtpError[];
}

export interface SmtpFailure extends Refusal {
  stage: Stage;
  status: number | null;
  /** What the mail server said; empty where it said nothing. */
  answer: string;
  detail?: TransportDetail | 'greeting_refused' | null;
}

const GREETINGS: ReadonlySet<string> = new Set(['EHLO', 'HELO']);

/**
 * What an error of a conversation means: whatever nodemailer throws once there is one, the mail server's answer made it
 * do so. Undefined where it speaks of this machine, or nodemailer was used wrongly.
 */
export function failureOf(error: unknown): SmtpFailure | undefined {
  if (error instanceof TransportFault)
    return { code: error.code, detail: error.detail, retryable: true, stage: 'session', status: null, answer: '' };
  const { code: nodemailers, responseCode, response = '', command = '' } = error as SmtpError;
  if (responseCode && nodemailers !== 'ETLS') {
    const detail = GREETINGS.has(command) && responseCode >= 500 ? 'greeting_refused' : null;
    const stage = stageOf(command);
    return { ...refusalOf(stage, responseCode, response), stage, status: responseCode, answer: response, detail };
  }
  const known = faultOf(error as SmtpError);
  if (!known && (isOurOwn(error) || command === 'API')) return undefined;
  const code = known ?? 'malformed_response';
  const retryable = code !== 'message_rejected';
  return { code, retryable, stage: 'session', status: responseCode || null, answer: response };
}

function stageOf(command: string): Stage {
  if (command === 'MAIL FROM') return 'sender';
  if (command === 'RCPT TO') return 'recipient';
  return command === 'DATA' ? 'message' : 'session';
}

function faultOf({ code = '', originalCode, syscall, message, response }: SmtpError): ErrorCode | undefined {
  if (code === 'EPROTOCOL') return /exceeds maximum/.test(message) ? 'response_too_large' : 'malformed_response';
  // An answer without a status, to MAIL, RCPT or DATA: no refusal, but not a word of SMTP.
  if (response && (code === 'EMESSAGE' || code === 'EENVELOPE')) return 'malformed_response';
  if (code === 'ESOCKET' || code === 'EDNS')
    return transportCodeOf({ code: originalCode, syscall }) ?? WITHOUT_ANSWER[code];
  return WITHOUT_ANSWER[code];
}

const WITHOUT_ANSWER: Record<string, ErrorCode> = {
  ECONNECTION: 'connection_reset',
  EDNS: 'dns_failed',
  ETIMEDOUT: 'timeout',
  ETLS: 'tls_failed',
  EAUTH: 'client_error',
  EMESSAGE: 'message_rejected',
};
