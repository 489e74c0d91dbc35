import type { ServerResponse } from 'node:http';
import { sendProblem, type Front, type ObservedRequest } from '#libs/http';
import { describeError, traceparentOf, type Logger } from '#libs/observability';
import { problemFrom } from '#libs/problems';
import type { Admission } from '../admission/admission.service.js';
import { Exchange } from './exchange.js';
import { requestHeaders } from './headers.js';
import type { OpenStreams } from './open-streams.service.js';
import { readBody } from './read-body.js';
import { waitBeforeRepeat } from './repeat.js';
import { routeOf, type Route } from './route.js';
import { errorCodeOf, upstreamProblem } from './upstream-problem.js';
import type { Upstreams } from './upstreams.service.js';

export interface ProxyParts {
  upstreams: Upstreams;
  streams: OpenStreams;
  admission: Admission;
  logger: Logger;
}

/** Takes the calls of the admin API to the service that owns them; every other request is left to the gateway's own. */
export function proxy(parts: ProxyParts): Front {
  return (request, response) => {
    const route = routeOf(request.url ?? '');
    if (route !== undefined) void carry(request, response, { ...parts, route });
    return route !== undefined;
  };
}

async function carry(
  request: ObservedRequest,
  response: ServerResponse,
  parts: ProxyParts & { route: Route },
): Promise<void> {
  try {
    if (parts.route.open) await parts.admission.admitAnonymous(request, response);
    else await parts.admission.admitCaller(request, response, parts.route.endless);
    const body = await readBody(request);
    forward(request, response, { ...parts, body });
  } catch (error) {
    if (response.destroyed) return;
    const problem = problemFrom(error);
    if (problem.status >= 500)
      parts.logger.error({ requestId: request.requestId, error: describeError(error) }, 'http.failed');
    if (problem.status === 413 && !request.complete) response.setHeader('connection', 'close');
    sendProblem(response, problem, request.requestId);
  }
}

interface Call extends ProxyParts {
  route: Route;
  body: Buffer | undefined;
}

/** Tried again where that cannot make a change twice: a service that restarts closes connections under its callers. */
function forward(request: ObservedRequest, response: ServerResponse, call: Call, tries = 0): void {
  const { upstreams, streams, logger, route, body } = call;
  const exchange = new Exchange(response, route.endless, (error, sent) => {
    const waitMs = waitBeforeRepeat({ method: request.method, headers: request.headers, error, sent, tries });
    if (waitMs !== undefined) return void setTimeout(() => forward(request, response, call, tries + 1), waitMs);
    const { requestId } = request;
    logger.warn({ requestId, service: route.service, code: errorCodeOf(error) }, 'upstream.failed');
    sendProblem(response, upstreamProblem(route.service, error), requestId);
  });
  if (route.endless) streams.add(exchange, response);
  upstreams.poolFor(route).dispatch(
    {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: headersOf(request, call),
      body,
    },
    exchange,
  );
}

const headersOf = (request: ObservedRequest, { admission }: Call): string[] =>
  requestHeaders(request.headers, {
    requestId: request.requestId,
    traceparent: traceparentOf(request.headers['traceparent'] as string | undefined),
    client: admission.clientOf(request),
  });
