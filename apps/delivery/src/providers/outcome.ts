import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer, OutboundResult } from '../outbound/outbound-result.js';
import { honoursRetryAfter, isPermanent, refusalOf } from './classify-answer.js';
import { failureSentence } from './failure-sentences.js';
import type { AttemptOutcome } from './provider.js';
import { retryAfterMs } from './retry-after.js';
import { shownBody } from './shown-body.js';
import { shownHeaders } from './shown-headers.js';

type Failed = Extract<AttemptOutcome, { kind: 'failed' }>;

/** What a provider's own sign in an answer means. What is not given follows from the code and the status. */
export type Sign = { code: ErrorCode; error: string } & Partial<
  Pick<Failed, 'permanent' | 'retryable' | 'retryAfterMs'>
>;

export interface OutcomeContext {
  /** The far end's name as a sentence begins with it: `The receiver`, `Slack`. */
  receiver: string;
  /** What must not be seen in what is shown of the answer, longest first; asked for only where there is an answer to show. */
  secrets: () => readonly string[];
  /** Epoch ms. */
  now: number;
  /** Reads the provider's own sign of a failure in an answer that came whole; null where it has none: then its status speaks. */
  signOf?: (answer: OutboundAnswer, now: number) => Sign | null;
}

/** A failed attempt; what is not given is null, whether it is permanent follows from the code, and it is retried. */
export function failedAttempt(code: ErrorCode, known: { error: string } & Partial<Failed>): Failed {
  return {
    kind: 'failed',
    code,
    statusCode: null,
    responseBody: null,
    responseHeaders: null,
    retryAfterMs: null,
    permanent: isPermanent(code),
    retryable: true,
    ...known,
  };
}

/**
 * What a result means: by the provider's own sign first, by its status second. A refusal counts also where its text was
 * cut short; success needs the whole answer.
 */
export function outcomeOf(result: OutboundResult, context: OutcomeContext): AttemptOutcome {
  if (result.kind === 'unanswered')
    return failedAttempt(result.code, { error: failureSentence(result.code, context.receiver, null) });
  const sign = failureIn(result, context);
  if (sign === null) {
    const responseBody = result.body === '' ? null : shownBody(result.body, context.secrets());
    return { kind: 'delivered', statusCode: result.status, responseBody };
  }
  const secrets = context.secrets();
  return failedAttempt(sign.code, {
    statusCode: result.status,
    responseBody: shownBody(result.body, secrets),
    responseHeaders: shownHeaders(result.headers, secrets),
    retryAfterMs: askedWait(result, context.now),
    ...sign,
  });
}

function failureIn(answer: OutboundAnswer, { receiver, signOf, now }: OutcomeContext): Sign | null {
  const sign = answer.cut === null ? signOf?.(answer, now) : null;
  if (sign) return sign;
  const code = refusalOf(answer.status) ?? answer.cut;
  return code && { code, error: failureSentence(code, receiver, answer.status) };
}

function askedWait({ status, headers }: OutboundAnswer, now: number): number | null {
  return honoursRetryAfter(status) ? retryAfterMs(headers['retry-after'], now) : null;
}
