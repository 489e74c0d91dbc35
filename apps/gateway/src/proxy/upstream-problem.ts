import { Problem, unavailable } from '#libs/problems';
import type { ServiceName } from './route.js';

/** The call never reached the service. */
const NOT_REACHED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];
const RETRY_AFTER_SECONDS = 2;

export const errorCodeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? 'unknown');

/** What the caller is told where a service did not answer: whether a change may have been made is said as it is. */
export function upstreamProblem(service: ServiceName, error: unknown): Problem {
  const code = errorCodeOf(error);
  if (NOT_REACHED.includes(code)) return unavailable(`The ${service} service`, RETRY_AFTER_SECONDS);
  if (code === 'UND_ERR_INVALID_ARG') return new Problem(400, 'invalid-input', 'The request is not valid');
  const late = code === 'UND_ERR_HEADERS_TIMEOUT';
  return new Problem(late ? 504 : 503, late ? 'timed-out' : 'unavailable', 'The service cannot do this right now', {
    detail:
      `The ${service} service ${late ? 'took too long' : 'broke off'}. Whether a change was made is not known: ` +
      'repeat the call with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
