import { expect } from 'vitest';
import type { Answer } from './api.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  errors?: { field: string; message: string }[];
  requestId: string;
}

/** A refusal as every refusal should be; `field` is one of those it names. */
export function expectProblem({ status, headers, body }: Answer, expected: number, field?: string): void {
  const problem = body as unknown as Problem;
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(problem).toMatchObject({
    status: expected,
    type: expect.stringMatching(/^urn:nitropush:problem:/) as unknown,
    title: expect.any(String) as unknown,
    requestId: expect.any(String) as unknown,
  });
  if (field !== undefined) expect(problem.errors?.map((error) => error.field)).toContain(field);
}
