import type { Request, RequestHandler, Response } from 'express';
import { Problem } from '#libs/problems';
import { sendProblem } from './problem.filter.js';

/** No input of any call comes near: a body is two levels deep, and a mail integration's recipients are 50 values. */
const MOST_DEPTH = 16;
const MOST_VALUES = 2_000;
const MOST_PARAMETERS = 100;
/** Fields that every object has, and no body may have: the check of unknown fields does not see them. */
export const OF_EVERY_OBJECT = ['__proto__', 'constructor', 'prototype'];

/**
 * What is wrong with the shape of a body, whatever call it is for: the checks of input and all others that look at it are
 * recursive, and end with the stack. This is not.
 */
export function malformationOf(body: unknown): string | undefined {
  let level: object[] = typeof body === 'object' && body !== null ? [body] : [];
  let values = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return `The body may have ${MOST_DEPTH} levels of objects and lists at most.`;
    const below: object[] = [];
    for (const container of level) {
      const forbidden = OF_EVERY_OBJECT.find((name) => Object.hasOwn(container, name));
      if (forbidden !== undefined) return `The body may have no field ${forbidden}.`;
      for (const value of Object.values(container) as unknown[]) {
        values += 1;
        if (values > MOST_VALUES) return `The body may have ${MOST_VALUES} values at most.`;
        if (typeof value === 'object' && value !== null) below.push(value);
      }
    }
    level = below;
  }
  return undefined;
}

/** How many parameters a query has, before anybody reads it. */
function parametersOf(url: string): number {
  let count = 0;
  for (let at = url.indexOf('?'); at !== -1; at = url.indexOf('&', at + 1)) count += 1;
  return count;
}

/** Refuses a body or a query that is deeper or has more in it than any call needs. */
export const boundedInput: RequestHandler = (request, response, next) => {
  if (request.body === undefined && hasBody(request) && request.path.startsWith('/api/v1/'))
    return refuse(request, response, NOT_JSON);
  const detail =
    parametersOf(request.url) > MOST_PARAMETERS
      ? `The query may have ${MOST_PARAMETERS} parameters at most.`
      : malformationOf(request.body);
  if (detail === undefined) return next();
  refuse(request, response, new Problem(400, 'invalid-input', 'The request is not valid', { detail }));
};

/** Otherwise it would count as left out, and a call whose fields all have defaults would be carried out without them. */
const NOT_JSON = new Problem(415, 'unsupported-media-type', 'The request body must be JSON', {
  detail: 'Send it with Content-Type: application/json.',
});

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const refuse = (request: Request, response: Response, problem: Problem): void =>
  sendProblem(response, problem, request.requestId);
