import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, Histogram, type Logger, type Registry } from '#libs/observability';
import type { Call } from './connection-turns.js';

/** What we hang on a request for those who come after. */
export interface ObservedRequest extends IncomingMessage {
  requestId: string;
  caller?: { organizationId: string; userId: string };
}

/** So that what Express hands on has it too. */
declare global {
  namespace Express {
    interface Request {
      requestId: string;
    }
  }
}

export interface Observer {
  /** Makes an observed request of one whose turn has come. */
  observe: (incoming: IncomingMessage, response: ServerResponse) => ObservedRequest;
  /** Is given the calls of one connection that its client left before their turn. */
  abandoned: (calls: Call[]) => void;
}

const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;
const QUIET = ['/health/live', '/health/ready', '/health/serving', '/metrics'];
const SLOW_MS = 1_000;
/** As nginx has it: the client left before it was answered. */
const CLIENT_LEFT = 499;

/** Gives each request an id (the caller's where it sent one), and says in one line how it was answered. */
export function observeRequests({ logger, registry }: { logger: Logger; registry: Registry }): Observer {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const observe: Observer['observe'] = (incoming, response) => {
    const request = incoming as ObservedRequest;
    const path = request.url?.split('?', 1)[0] ?? '';
    const given = request.headers['x-request-id'];
    request.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.setHeader('x-request-id', request.requestId);
    if (path.startsWith('/api/v1/')) response.setHeader('cache-control', 'no-store'); // what a token gives is not for another
    const startedAt = performance.now();
    response.once('close', () => {
      const durationMs = performance.now() - startedAt;
      const status = response.headersSent ? response.statusCode : CLIENT_LEFT;
      durations.observe({ method: request.method, status }, durationMs / 1000);
      logAnswer(logger, { request, path, response, status, durationMs });
    });
    return request;
  };
  return { observe, abandoned: abandonedCalls(logger, registry) };
}

/** One line for each connection, whatever the number of its calls. */
function abandonedCalls(logger: Logger, registry: Registry): Observer['abandoned'] {
  const abandoned = new Counter({
    name: 'http_requests_abandoned_total',
    help: 'Pipelined calls whose client left before their turn',
    registers: [registry],
  });
  return (calls) => {
    abandoned.inc(calls.length);
    const [first] = calls;
    const path = first?.request.url?.split('?', 1)[0];
    logger.info({ calls: calls.length, method: first?.request.method, path, aborted: true }, 'http.abandoned');
  };
}

interface Answered {
  request: ObservedRequest;
  path: string;
  response: ServerResponse;
  status: number;
  durationMs: number;
}

/** A path may carry ids but no secret; a query may, so it is left out. */
function logAnswer(logger: Logger, { request, path, response, status, durationMs }: Answered): void {
  if (QUIET.includes(path)) return;
  const noteworthy = request.method !== 'GET' || status >= 400 || durationMs > SLOW_MS;
  logger[noteworthy ? 'info' : 'debug'](
    {
      requestId: request.requestId,
      method: request.method,
      path,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
      organizationId: request.caller?.organizationId,
      aborted: response.writableFinished ? undefined : true,
    },
    'http.answered',
  );
}
