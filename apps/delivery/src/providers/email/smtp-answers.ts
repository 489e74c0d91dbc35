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

/** For a policy of its own, as greylisting is, and not for a fault of it (RFC 3463, 3.8). */
const LATER: ReadonlySet<number> = new Set([421, 450, 451]);
const OF_POLICY = /^4\d\d[ -]4\.7\.\d/;

/** What an answer of the mail server means that is not a yes. */
export function refusalOf(stage: Stage, status: number, answer = ''): Refusal {
  if (LATER.has(status) || OF_POLICY.test(answer)) return retried('rate_limited');
  if (status < 500 || status > 599)
    return retried(status >= 400 && status < 500 ? 'server_error' : 'malformed_response');
  if (status === 503) return retried('server_error'); // out of step: another conversation may go well
  if (SIGN_IN.has(status)) return retried('client_error');
  if (stage === 'message' || (stage !== 'session' && OF_THE_MESSAGE.has(status)))
    return { code: 'message_rejected', retryable: false };
  return stage === 'recipient' ? retried('destination_missing') : retried('client_error');
}

/** About our way to the mail server, which the operator sets: no team can do anything about it. */
const SIGN_IN: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const OF_THE_MESSAGE: ReadonlySet<number> = new Set([552, 554]);

const retried = (code: ErrorCode): Refusal => ({ code, retryable: true });

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
    return { code: error.code, detail: error.detail, retryable: true, status: null, answer: '' };
  const { code: nodemailers, responseCode, response = '', command = '' } = error as SmtpError;
  if (responseCode && nodemailers !== 'ETLS') {
    const detail = GREETINGS.has(command) && responseCode >= 500 ? 'greeting_refused' : null;
    return { ...refusalOf(stageOf(command), responseCode, response), status: responseCode, answer: response, detail };
  }
  const known = faultOf(error as SmtpError);
  if (!known && (isOurOwn(error) || command === 'API')) return undefined;
  const code = known ?? 'malformed_response';
  return { code, retryable: code !== 'message_rejected', status: responseCode || null, answer: response };
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
