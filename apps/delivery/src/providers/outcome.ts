import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer, OutboundResult, TransportCode, Unanswered } from '../outbound/outbound-result.js';
import { hintIn } from './answer-hints.js';
import { honoursRetryAfter, isPermanent, refusalOf } from './classify-answer.js';
import { failureSentence, type FailureFacts } from './failure-sentences.js';
import type { AttemptOutcome } from './provider.js';
import { retryAfterMs } from './retry-after.js';
import { shownBody } from './shown-body.js';
import { shownHeaders } from './shown-headers.js';

type Failed = Extract<AttemptOutcome, { kind: 'failed' }>;

/** What a provider's own sign in an answer means. What is not given follows from the code and the status. */
export type Sign = { code: ErrorCode; error: string } & Partial<
  Pick<Failed, 'permanent' | 'ownSign' | 'retryable' | 'retryAfterMs'>
>;

export interface OutcomeContext {
  /** As a sentence about it begins: `The destination`, `Slack`. */
  name: string;
  /** What must not be seen in what is shown of the answer, longest first; asked for only where there is an answer to show. */
  secrets: () => readonly string[];
  /** Epoch ms. */
  now: number;
  /** A 2xx status line is success, whatever is wrong with what follows it. By default success needs the whole answer. */
  statusDecides?: boolean;
  /** The address begins with `http:`. */
  plainHttp?: boolean;
  /** Reads the provider's own sign of a failure in an answer that came whole; null where it has none: then its status speaks. */
  signOf?: (answer: OutboundAnswer, now: number) => Sign | null;
  /** What a failure without the provider's own sign means, where a status alone is not the provider's word. */
  unsigned?: (answer: OutboundAnswer, code: ErrorCode) => Sign;
  /** What people are told where no whole answer came; by default what the code of the failure says. */
  unreached?: (code: TransportCode) => string;
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
    ownSign: true,
    retryable: true,
    ...known,
  };
}

/** What is wrong with the rest of an answer whose status line was enough. */
const NOTES: Partial<Record<TransportCode, string>> = {
  response_too_large: 'the answer is longer than 64 KB; the rest was not read',
  timeout: 'the answer did not end in time; the rest was not read',
  malformed_response: 'the rest of the answer is not proper HTTP',
};
const CUT_SHORT = 'the connection was closed before the end of the answer';

/**
 * What a result means: by the provider's own sign first, by its status second. A refusal counts also where its text was
 * cut short; success needs the whole answer, unless the status alone decides.
 */
export function outcomeOf(result: OutboundResult, context: OutcomeContext): AttemptOutcome {
  if (result.kind === 'unanswered')
    return failedAttempt(result.code, {
      error:
        context.unreached?.(result.code) ?? failureSentence(result.code, context.name, null, factsOf(result, context)),
    });
  const sign = failureIn(result, context);
  if (sign === null) return { kind: 'delivered', statusCode: result.status, responseBody: notedBody(result, context) };
  const secrets = context.secrets();
  return failedAttempt(sign.code, {
    statusCode: result.status,
    responseBody: shownBody(result.body, secrets),
    responseHeaders: shownHeaders(result.headers, secrets),
    retryAfterMs: askedWait(result, context.now),
    ...sign,
  });
}

/** The body as people may see it, and in brackets what is wrong with it. */
function notedBody({ body, cut }: OutboundAnswer, { secrets }: OutcomeContext): string | null {
  const shown = body === '' ? null : shownBody(body, secrets());
  if (cut === null) return shown;
  return [shown, `[${NOTES[cut] ?? CUT_SHORT}]`].filter(Boolean).join('\n');
}

function failureIn(answer: OutboundAnswer, context: OutcomeContext): Sign | null {
  const { name, signOf, unsigned, unreached, now, statusDecides = false } = context;
  const sign = answer.cut === null ? signOf?.(answer, now) : null;
  if (sign) return sign;
  const refusal = refusalOf(answer.status);
  if (refusal && unsigned) return unsigned(answer, refusal);
  if (!refusal && answer.cut && unreached) return { code: answer.cut, error: unreached(answer.cut) };
  const code = refusal ?? (statusDecides ? null : answer.cut);
  if (!code) return null;
  return { code, error: failureSentence(code, name, answer.status, { detail: hintIn(answer) }), ownSign: false };
}

const factsOf = ({ detail }: Unanswered, { plainHttp }: OutcomeContext): FailureFacts => ({ detail, plainHttp });

function askedWait({ status, headers }: OutboundAnswer, now: number): number | null {
  return honoursRetryAfter(status) ? retryAfterMs(headers['retry-after'], now) : null;
}
