import { HttpException } from '@nestjs/common';
import { isCollision, isDatabaseAway, isDatabaseBrokenOff } from './database-away.js';
import { Problem, brokenOff, conflict, unavailable } from './problem.js';

const TITLES: Record<number, [code: string, title: string]> = {
  400: ['invalid-input', 'The request is not valid'],
  401: ['unauthenticated', 'Sign in to do this'],
  403: ['forbidden', 'Your role may not do this'],
  404: ['not-found', 'There is nothing at this address'],
  405: ['method-not-allowed', 'This address does not take that method'],
  413: ['too-large', 'The request body is too large'],
  415: ['unsupported-media-type', 'The request body must be JSON'],
  429: ['rate-limited', 'Too many requests'],
};

/** Makes of whatever was thrown the problem that the caller is told of. Anything unknown is a 500 that says nothing of its cause. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  const { status, driverError } = (error ?? {}) as { status?: number; driverError?: unknown };
  if (driverError) return problemFrom(driverError);
  if (typeof status === 'number' && status >= 400 && status < 500)
    return fromBodyParser(error as Error & { type?: string }, status);
  if (isDatabaseAway(error))
    return isDatabaseBrokenOff(error) ? brokenOff('The database') : unavailable('The database');
  if (isCollision(error)) return conflict('Somebody else changed the same thing at the same moment. Try again.');
  if ((error as { isOutage?: boolean } | null)?.isOutage === true) return unavailable('The event log');
  return new Problem(500, 'internal', 'Something went wrong on our side', {
    detail: 'The fault was logged under this request id.',
  });
}

function fromStatus(status: number, detail: string): Problem {
  const [code, title] = TITLES[status] ?? ['refused', 'The request was refused'];
  return status >= 500 && status !== 503
    ? new Problem(500, 'internal', 'Something went wrong on our side')
    : new Problem(status, code, title, { detail });
}

/** Errors of Express' body parser carry a `type`; their message may quote the body, so it is not passed on. */
function fromBodyParser(error: Error & { type?: string }, status: number): Problem {
  const detail: Record<string, string> = {
    'entity.parse.failed': 'The body is not valid JSON.',
    'entity.too.large': 'The body may be 256 KB at most.',
    'encoding.unsupported': 'The content encoding is not supported.',
    'charset.unsupported': 'The charset is not supported; send UTF-8.',
  };
  return fromStatus(status, detail[error.type ?? ''] ?? 'The request could not be read.');
}
