import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer, OutboundResult } from '../outbound/outbound-result.js';
import { honoursRetryAfter, isPermanent, refusalOf } from './classify-answer.js';
import { failureSentence } from './failure-sentences.js';
import type { AttemptOutcome } from './provider.js';
import { retryAfterMs } from './retry-after.js';
import { shownBody } from './shown-body.js';

type Failed = Extract<AttemptOutcome, { kind: 'failed' }>;

export interface OutcomeContext {
  /** The far end's name as a sentence begins with it: `The receiver`, `Slack`. */
  receiver: string;
  /** What must not be seen in what is shown of the answer, longest first; asked for only where there is an answer to show. */
  secrets: () => readonly string[];
  /** Epoch ms. */
  now: number;
}

/** A failed attempt; what is not given is null, whether it is permanent follows from the code, and it is retried. */
export function failedAttempt(code: ErrorCode, known: { error: string } & Partial<Failed>): Failed {
  return {
    kind: 'failed',
    code,
    statusCode: null,
    responseBody: null,
    retryAfterMs: null,
    permanent: isPermanent(code),
    retryable: true,
    ...known,
  };
}

/**
 * What a result means where the provider has no signs of its own. A refusal counts also where its text was cut short;
 * success needs the whole answer.
 */
export function outcomeOf(result: OutboundResult, context: OutcomeContext): AttemptOutcome {
  if (result.kind === 'unanswered')
    return failedAttempt(result.code, { error: failureSentence(result.code, context.receiver, null) });
  const code = refusalOf(result.status) ?? result.cut;
  const responseBody = result.body === '' ? null : shownBody(result.body, context.secrets());
  if (code === null) return { kind: 'delivered', statusCode: result.status, responseBody };
  return failedAttempt(code, {
    statusCode: result.status,
    error: failureSentence(code, context.receiver, result.status),
    responseBody,
    retryAfterMs: askedWait(result, context.now),
  });
}

function askedWait({ status, headers }: OutboundAnswer, now: number): number | null {
  return honoursRetryAfter(status) ? retryAfterMs(headers['retry-after'], now) : null;
}
