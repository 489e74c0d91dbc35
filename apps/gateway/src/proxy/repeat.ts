import type { IncomingHttpHeaders } from 'node:http';
import { errorCodeOf } from './upstream-problem.js';

export interface FailedCall {
  method: string | undefined;
  headers: IncomingHttpHeaders;
  error: unknown;
  /** Some of the call may have reached the service. */
  sent: boolean;
  /** How often it was tried again before. */
  tries: number;
}

/** Waits in ms before the second and the third try. */
const WAITS_MS = [50, 250];
/** The connection was closed: by a service that stopped, or that no longer wanted an idle one. */
const BROKEN_OFF = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
/** These took their time already, or would be refused again. */
const FINAL = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED'];

/**
 * How long to wait before a call that a service did not answer is made again; undefined: it is not. One that was never sent
 * may be, whatever it is. One that was sent only where twice is the same as once: it reads, or it has an Idempotency-Key.
 */
export function waitBeforeRepeat({ method, headers, error, sent, tries }: FailedCall): number | undefined {
  const code = errorCodeOf(error);
  if (FINAL.includes(code)) return undefined;
  if (!sent) return WAITS_MS[tries];
  const same = method === 'GET' || method === 'HEAD' || (method === 'POST' && headers['idempotency-key'] !== undefined);
  return same && BROKEN_OFF.includes(code) && tries === 0 ? WAITS_MS[0] : undefined;
}
