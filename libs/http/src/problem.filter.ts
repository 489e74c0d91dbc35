import type { ServerResponse } from 'node:http';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { describeError, type Logger } from '#libs/observability';
import { problemDocument, problemFrom, type Problem } from '#libs/problems';
import type { ObservedRequest } from './observe-requests.js';

/** Answers every refusal and every fault with a problem document; a fault of ours is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<ObservedRequest>();
    const response = http.getResponse<ServerResponse>();
    const problem = problemFrom(error);
    if (problem.status >= 500)
      this.logger[problem.status === 503 ? 'warn' : 'error'](
        { requestId: request.requestId, error: describeError(error) },
        'http.failed',
      );
    if (response.headersSent) response.end();
    else sendProblem(response, problem, request.requestId);
  }
}

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
