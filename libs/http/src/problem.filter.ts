import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
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
    const response = http.getResponse<Response>();
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
export function sendProblem(response: Response, problem: Problem, requestId: string): void {
  const { retryAfterSeconds } = problem.options;
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem, requestId)));
}
