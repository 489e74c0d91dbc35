import type { IncomingMessage, ServerResponse } from 'node:http';
import { uuidv7 } from '#libs/contracts';
import { Histogram, type Logger, type Registry } from '#libs/observability';

/** What we hang on a request for those who come after. */
export interface ObservedRequest extends IncomingMessage {
  requestId: string;
  caller?: { organizationId: string; userId: string };
}

/** Makes an observed request of one that has just come in. */
export type Observe = (incoming: IncomingMessage, response: ServerResponse) => ObservedRequest;

const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;
const QUIET = ['/health/live', '/health/ready', '/health/serving', '/metrics'];
const SLOW_MS = 1_000;

/** Gives each request an id (the caller's where it sent one), and says in one line how it was answered. */
export function observeRequests({ logger, registry }: { logger: Logger; registry: Registry }): Observe {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return (incoming, response) => {
    const request = incoming as ObservedRequest;
    const path = request.url?.split('?', 1)[0] ?? '';
    const given = request.headers['x-request-id'];
    request.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : uuidv7();
    response.setHeader('x-request-id', request.requestId);
    const startedAt = performance.now();
    response.once('close', () => {
      const durationMs = performance.now() - startedAt;
      durations.observe({ method: request.method, status: response.statusCode }, durationMs / 1000);
      logAnswer(logger, { request, path, response, durationMs });
    });
    return request;
  };
}

interface Answered {
  request: ObservedRequest;
  path: string;
  response: ServerResponse;
  durationMs: number;
}

/** A path may carry ids but no secret; a query may, so it is left out. */
function logAnswer(logger: Logger, { request, path, response, durationMs }: Answered): void {
  if (QUIET.includes(path)) return;
  const noteworthy = request.method !== 'GET' || response.statusCode >= 400 || durationMs > SLOW_MS;
  logger[noteworthy ? 'info' : 'debug'](
    {
      requestId: request.requestId,
      method: request.method,
      path,
      status: response.statusCode,
      durationMs: Math.round(durationMs * 10) / 10,
      organizationId: request.caller?.organizationId,
      aborted: response.writableFinished ? undefined : true,
    },
    'http.answered',
  );
}
