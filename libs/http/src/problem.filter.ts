import type { ServerResponse } from 'node:http';
import type { Request } from 'express';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Problem, problemDocument, problemFrom } from '#libs/problems';
import { allowedMethods } from './allowed-methods.js';
import type { ObservedRequest } from './observe-requests.js';

/** Answers every refusal and every fault with a problem document; a fault of ours is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<ObservedRequest & Request>();
    const response = http.getResponse<ServerResponse>();
    const problem = refusalOf(error, request, response);
    if (problem.status >= 500)
      this.logger[problem.status === 503 ? 'warn' : 'error'](
        { requestId: request.requestId, error: describeError(error) },
        'http.failed',
      );
    if (response.headersSent) response.end();
    else sendProblem(response, problem, request.requestId);
  }
}

/** Where nothing is found and the address takes other methods, that is what is wrong. */
function refusalOf(error: unknown, request: Request, response: ServerResponse): Problem {
  const problem = problemFrom(error);
  if (problem.status !== 404) return problem;
  const allowed = allowedMethods(request);
  if (allowed.length === 0 || allowed.includes(request.method)) return problem;
  response.setHeader('allow', allowed.join(', '));
  return methodNotAllowed(allowed);
}

/** RFC 9110, 15.5.6: the answer has an `Allow` header. */
const methodNotAllowed = (allowed: readonly string[]): Problem =>
  new Problem(405, 'method-not-allowed', 'This address does not take that method', {
    detail: `It takes ${allowed.join(', ')}.`,
  });

/** Writes a problem as the answer. */
export function sendProblem(response: ServerResponse, problem: Problem, requestId: string): void {
  const { retryAfterSeconds } = problem.options;
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  const body = Buffer.from(JSON.stringify(problemDocument(problem, requestId)));
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
