import type { AttemptRecord } from '../ledger/ledger-entry.js';
import type { AttemptOutcome } from '../providers/provider.js';
import type { RetryLadder } from '../retries/retry-ladder.js';
import { askedWaitSentence } from './asked-wait.js';

/** What the ledger keeps of how an attempt ended. */
export function attemptRecord(
  outcome: AttemptOutcome,
  { delays }: RetryLadder,
): Omit<AttemptRecord, 'startedAt' | 'durationMs'> {
  const { kind, statusCode, responseBody } = outcome;
  const failure = kind === 'failed' ? outcome : null;
  return {
    outcome: kind,
    permanent: failure?.permanent ?? false,
    statusCode,
    errorCode: failure?.code ?? null,
    error: failure && failure.error + (failure.gated ? '' : askedWaitSentence(failure.retryAfterMs, delays)),
    responseBody,
    responseHeaders: failure?.responseHeaders ?? null,
  };
}
